export const id = 362;
export const ids = [362];
export const modules = {

/***/ 1362:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  githubForge: () => (/* binding */ githubForge)
});

// EXTERNAL MODULE: ./build/bundle/node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2684);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
;// CONCATENATED MODULE: ./build/bundle/js/effects/forge.js
class ForgeError extends Error {
    name = 'ForgeError';
    status;
    constructor(message, status) {
        super(message);
        this.status = status;
    }
}

// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
;// CONCATENATED MODULE: ./build/bundle/js/github/forge.js




const limits = { summary: 65_535, title: 255, description: 140 };
const attempts = 4;
function githubForge(token, run) {
    if (run === undefined)
        throw new values/* UsageError */.eb('The GitHub API is only used inside a workflow run.');
    const octokit = (0,github/* getOctokit */.Q)(token, { baseUrl: run.apiUrl });
    const [owner = '', repo = ''] = run.repository.split('/');
    return {
        createDeployment: ({ ref, environment, description, production, payload }) => call('create the deployment', 'deployments: write', async () => {
            const { data } = await octokit.rest.repos.createDeployment({
                owner,
                repo,
                ref,
                environment,
                description: (0,report_text/* cut */.Jj)(description, limits.description),
                production_environment: production,
                payload: { ...payload },
                auto_merge: false,
                required_contexts: [],
            });
            if (!('id' in data))
                throw new ForgeError('GitHub did not create the deployment.', 202);
            return data.id;
        }),
        setDeploymentState: (id, state, description, environmentUrl) => call('set the deployment state', 'deployments: write', async () => {
            await octokit.rest.repos.createDeploymentStatus({
                owner,
                repo,
                deployment_id: id,
                state,
                description: (0,report_text/* cut */.Jj)(description, limits.description),
                log_url: run.url,
                ...(environmentUrl !== undefined && { environment_url: environmentUrl }),
            });
        }),
        createCheckRun: ({ name, sha, conclusion, title, summary }) => call('create the check run', 'checks: write', async () => {
            await octokit.rest.checks.create({
                owner,
                repo,
                name,
                head_sha: sha,
                status: 'completed',
                conclusion,
                details_url: run.url,
                output: { title: (0,report_text/* cut */.Jj)(title, limits.title), summary: (0,report_text/* cut */.Jj)(summary, limits.summary) },
            });
        }),
    };
}
async function call(what, permission, request) {
    for (let attempt = 1;; attempt++) {
        try {
            return await request();
        }
        catch (error) {
            const status = error.status ?? 0;
            const passing = status === 0 || status === 429 || status >= 500;
            if (passing && attempt < attempts) {
                await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
                continue;
            }
            const hint = status === 403 || status === 404 ? ` Does the job have \`${permission}\`?` : '';
            throw new ForgeError(`GitHub answered ${status} to the request to ${what}: ${error.message}.${hint}`, status);
        }
    }
}


/***/ })

};
