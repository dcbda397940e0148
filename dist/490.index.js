export const id = 490;
export const ids = [490];
export const modules = {

/***/ 9311:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ ForgeError)
/* harmony export */ });
class ForgeError extends Error {
    name = 'ForgeError';
    status;
    constructor(message, status) {
        super(message);
        this.status = status;
    }
}


/***/ }),

/***/ 2490:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   githubForge: () => (/* binding */ githubForge)
/* harmony export */ });
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2684);
/* harmony import */ var _definition_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2513);
/* harmony import */ var _effects_forge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9311);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9639);
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1565);





const limits = { title: 255, description: 140 };
const attempts = 4;
function githubForge(token, run) {
    if (run === undefined)
        throw new _definition_values_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb('The GitHub API is only used inside a workflow run.');
    if (token === '')
        throw new _effects_forge_js__WEBPACK_IMPORTED_MODULE_1__/* .ForgeError */ .Q('GitHub was not asked: there is no token.', 401);
    const octokit = (0,_actions_github__WEBPACK_IMPORTED_MODULE_2__/* .getOctokit */ .Q)(token, { baseUrl: run.apiUrl });
    const [owner = '', repo = ''] = run.repository.split('/');
    return {
        createDeployment: ({ ref, environment, description, production, payload }) => call('create the deployment', 'deployments: write', async () => {
            const { data } = await octokit.rest.repos.createDeployment({
                owner,
                repo,
                ref,
                environment,
                description: (0,_report_text_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(description, limits.description),
                production_environment: production,
                payload: { ...payload },
                auto_merge: false,
                required_contexts: [],
            });
            if (!('id' in data))
                throw new _effects_forge_js__WEBPACK_IMPORTED_MODULE_1__/* .ForgeError */ .Q('GitHub did not create the deployment.', 202);
            return data.id;
        }),
        setDeploymentState: (id, state, description, environmentUrl) => call('set the deployment state', 'deployments: write', async () => {
            await octokit.rest.repos.createDeploymentStatus({
                owner,
                repo,
                deployment_id: id,
                state,
                description: (0,_report_text_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(description, limits.description),
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
                output: { title: (0,_report_text_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(title, limits.title), summary: (0,_report_text_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(summary, _report_markdown_js__WEBPACK_IMPORTED_MODULE_4__/* .checkMaxBytes */ .uF) },
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
            throw new _effects_forge_js__WEBPACK_IMPORTED_MODULE_1__/* .ForgeError */ .Q(`GitHub answered ${status} to the request to ${what}: ${error.message}.${hint}`, status);
        }
    }
}


/***/ })

};
