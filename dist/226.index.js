export const id = 226;
export const ids = [226];
export const modules = {

/***/ 7484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ programUsed)
/* harmony export */ });
function programUsed({ name, version, sha256, origin }) {
    return { name, version, sha256, origin };
}


/***/ }),

/***/ 8991:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ withKubectl),
  g: () => (/* binding */ withReleaseTools)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: ./build/bundle/js/helm/problem.js
var problem = __webpack_require__(6889);
;// CONCATENATED MODULE: ./build/bundle/js/helm/helm.js


const askTimeout = 30_000;
const grace = 5000;
const applying = ['--server-side=true', '--force-conflicts', '--wait=watcher'];
const upgrading = ['upgrade', '--install', '--reset-then-reuse-values', ...applying, '--output', 'json'];
function helm({ exec, program, environment, release, namespace, signal }) {
    const call = async (args, timeout) => {
        const ended = await exec(program, ['--namespace', namespace, ...args], { env: environment, timeout, signal });
        if (ended.code !== 0 || ended.timedOut)
            return { problem: (0,problem/* helmProblem */.cr)(ended, signal.aborted) };
        if (ended.truncated)
            return failed('its answer is too large');
        return { value: ended.stdout };
    };
    const ask = async (args) => {
        const result = await call(args, askTimeout);
        const isLate = 'problem' in result && result.problem.reason === 'timeout';
        return isLate ? { problem: { ...result.problem, reason: 'unreachable' } } : result;
    };
    const filesOf = ({ values }) => values.flatMap((file) => ['--values', `"${file.replaceAll('"', '""')}"`]);
    const limited = (timeout) => ['--timeout', `${Math.round(timeout)}ms`];
    const nothing = (result) => 'problem' in result ? result : { value: undefined };
    return {
        version: async () => {
            const ended = await exec(program, ['version', '--template={{.Version}}'], {
                env: environment,
                timeout: askTimeout,
            });
            return (0,report_text/* cut */.Jj)((ended.stdout || ended.stderr).trim(), 100);
        },
        history: async () => {
            const result = await ask(['history', release, '--output', 'json']);
            if ('problem' in result && result.problem.reason === 'not-found')
                return { value: [] };
            return read(result, (text) => revisionsIn(JSON.parse(text)));
        },
        render: async (chart) => {
            const args = [...upgrading, '--dry-run=server', '--hide-secret', ...filesOf(chart), release, chart.path];
            return read(await ask(args), releaseIn);
        },
        upgrade: async (chart, timeout) => {
            const args = [...upgrading, ...limited(timeout), ...filesOf(chart), release, chart.path];
            return read(await call(args, timeout + grace), releaseIn);
        },
        rollback: async (revision, timeout) => nothing(await call(['rollback', release, `${revision}`, ...applying, ...limited(timeout)], timeout + grace)),
        uninstall: async (timeout) => nothing(await call(['uninstall', release, '--ignore-not-found', '--wait=watcher', ...limited(timeout)], timeout + grace)),
        rendered: async (revision) => read(await ask(['get', 'manifest', release, '--revision', `${revision}`]), renderedIn),
        values: async (revision) => read(await ask(['get', 'values', release, '--revision', `${revision}`, '--all', '--output', 'json']), (text) => JSON.parse(text)),
    };
}
async function read(result, reader) {
    if ('problem' in result)
        return result;
    try {
        return { value: await reader(result.value) };
    }
    catch (error) {
        return failed(`its answer cannot be read: ${error.message}`);
    }
}
function failed(message) {
    return { problem: { reason: 'failed', message } };
}
function revisionsIn(json) {
    if (!Array.isArray(json))
        throw new TypeError('it is no list');
    return json;
}
async function renderedIn(manifest) {
    const { readManifest } = await Promise.all(/* import() */[__webpack_require__.e(129), __webpack_require__.e(717)]).then(__webpack_require__.bind(__webpack_require__, 3717));
    return readManifest(manifest);
}
async function releaseIn(text) {
    const { version, manifest, chart, hooks = [] } = JSON.parse(text);
    const running = hooks.filter(({ events }) => events.some((event) => event !== 'test'));
    return {
        revision: version,
        chart: chart.metadata.name,
        chartVersion: chart.metadata.version,
        rendered: await renderedIn([manifest, ...running.map((hook) => hook.manifest)].join('\n---\n')),
    };
}

;// CONCATENATED MODULE: ./build/bundle/js/kubernetes/kubectl.js

const requestTimeout = '10s';
const callTimeout = 30_000;
const maxAnswerBytes = 16 * 1024 * 1024;
function kubectl({ exec, program, namespace, environment }) {
    const call = async (...args) => {
        const all = [...args, '--namespace', namespace, '--output', 'json', '--request-timeout', requestTimeout];
        try {
            return answerOf(await exec(program, all, { env: environment, timeout: callTimeout, maxOutput: maxAnswerBytes }));
        }
        catch (error) {
            return { problem: { reason: 'other', message: `kubectl did not start: ${error.message}` } };
        }
    };
    return {
        get: async (kind, name) => checked(await call('get', kind, name), asObject),
        list: async (kind, selector) => {
            const filter = selector === undefined ? [] : ['--selector', selector];
            return checked(await call('get', kind, ...filter), asList);
        },
        patch: async (kind, read, operations) => {
            const { name, resourceVersion } = read.metadata;
            const lock = { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion };
            const patch = JSON.stringify([lock, ...operations]);
            return checked(await call('patch', kind, name, '--type', 'json', '--patch', patch), asObject);
        },
    };
}
function answerOf(ended) {
    if (ended.code !== 0)
        return { problem: problemOf(ended) };
    try {
        if (!ended.truncated)
            return { value: JSON.parse(ended.stdout) };
    }
    catch {
    }
    return { problem: { reason: 'other', message: 'kubectl ended well and its answer is not whole' } };
}
function checked(result, as) {
    if ('problem' in result)
        return result;
    const value = as(result.value);
    if (value !== undefined)
        return { value };
    return { problem: { reason: 'other', message: 'the answer of kubectl is not an object of the cluster' } };
}
function asObject(value) {
    const object = value;
    const { name, resourceVersion } = object?.metadata ?? {};
    return typeof name === 'string' && typeof resourceVersion === 'string' ? object : undefined;
}
function asList(value) {
    const { items } = (value ?? {});
    if (!Array.isArray(items))
        return undefined;
    const objects = items.map(asObject).filter((item) => item !== undefined);
    return objects.length === items.length ? objects : undefined;
}
const reasons = [
    [/^Error from server \(NotFound\)/, 'not-found'],
    [/the server doesn't have a resource type/, 'unknown-kind'],
    [/^Error from server \(Conflict\)/, 'conflict'],
    [/^Error from server \(Forbidden\)/, 'forbidden'],
    [/\(Unauthorized\)|must be logged in/, 'unauthorized'],
    [/ is invalid: |\((?:Invalid|BadRequest)\)/, 'invalid'],
    [/deadline exceeded|Client\.Timeout|\((?:Timeout|ServerTimeout)\)/, 'timeout'],
    [/^Unable to connect|^The connection to the server|\((?:ServiceUnavailable|InternalError)\)|EOF/, 'unreachable'],
];
function problemOf({ stderr, timedOut, code, signal }) {
    const last = stderr.trimEnd().split('\n').at(-1) ?? '';
    if (timedOut)
        return { reason: 'timeout', message: `kubectl did not end within ${callTimeout / 1000} s` };
    const message = last === '' ? `kubectl ended with ${code ?? signal ?? 'no exit code'}` : (0,report_text/* cut */.Jj)(last, 500);
    return { reason: reasons.find(([pattern]) => pattern.test(last))?.[1] ?? 'other', message };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/bundle/js/actions/kubeconfig.js

async function accessCluster(content, { files, temp, clusterEnvironment }) {
    if (content === undefined)
        return { environment: clusterEnvironment, close: () => Promise.resolve() };
    const kubeconfig = (0,external_node_path_.join)(temp, 'kubeconfig');
    await files.write(kubeconfig, content, 0o600);
    return {
        environment: { ...clusterEnvironment, KUBECONFIG: kubeconfig },
        kubeconfig,
        close: () => files.remove(kubeconfig),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/actions/programs.js
var actions_programs = __webpack_require__(7484);
;// CONCATENATED MODULE: ./build/bundle/js/actions/release-tools.js





async function withKubectl(inputs, context, work) {
    const { exec, saveState } = context;
    const program = await context.program('kubectl', inputs['kubectl-path']);
    const access = await accessCluster(inputs.kubeconfig, context);
    try {
        saveState('kubeconfig', access.kubeconfig ?? '');
        const { namespace } = inputs;
        const { environment } = access;
        return await work({
            kubectl: kubectl({ exec, program: program.path, environment, namespace }),
            programs: [(0,actions_programs/* programUsed */.q)(program)],
            environment,
        });
    }
    finally {
        await access.close();
    }
}
async function withReleaseTools(inputs, context, work) {
    const { exec, clock, signal } = context;
    const { release, namespace } = inputs;
    const program = await context.program('helm', inputs['helm-path']);
    return withKubectl(inputs, context, async ({ kubectl, programs, environment }) => {
        const released = helm({ exec, program: program.path, environment, release, namespace, signal });
        const version = await released.version();
        if (!version.startsWith('v4.'))
            throw new values/* UsageError */.eb(`Input \`helm-path\`: it is Helm ${version}. Allowed: a Helm of version 4.`);
        return work({
            helm: released,
            kubectl,
            namespace,
            clock,
            signal,
            programs: [(0,actions_programs/* programUsed */.q)(program), ...programs],
        });
    });
}


/***/ }),

/***/ 9114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ document),
/* harmony export */   y: () => (/* binding */ documentDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5390);



const builtIn = 'built-in:';
const maxDocumentBytes = 1024 * 1024;
function document(schema) {
    return (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .kind */ .fM)({
        allowed: `a YAML file inside the workspace, or \`${builtIn}policies/<name>.yaml\` for one of Slipway's own`,
        parse: async (given, scope) => {
            const { bytes, name, sha256 } = await read((0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(given), scope);
            const { parseChecked } = await Promise.all(/* import() */[__webpack_require__.e(129), __webpack_require__.e(881)]).then(__webpack_require__.bind(__webpack_require__, 1881));
            const checked = parseChecked(textOf(bytes), await schema());
            if ('problems' in checked) {
                const lines = checked.problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
                throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7(`the file is not valid:\n${lines.join('\n')}`);
            }
            return { value: checked.value, name, sha256 };
        },
    });
}
async function documentDigest(given, scope) {
    return (await read(given, scope)).sha256;
}
async function read(given, scope) {
    const { path: file, name } = locate(given, scope);
    if ((await scope.files.kind(file)) !== 'file')
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7('there is no such file');
    const bytes = await scope.files.readBytes(file, maxDocumentBytes);
    return { bytes, name, sha256: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex') };
}
function locate(given, scope) {
    if (!given.startsWith(builtIn)) {
        const absolute = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .confine */ .Do)(given, scope);
        return { path: absolute, name: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(scope.root, absolute) };
    }
    const shipped = given.slice(builtIn.length);
    if (!/^policies\/[a-z0-9-]+\.yaml$/.test(shipped))
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7('Slipway ships no such file');
    return { path: scope.packaged(shipped), name: `slipway:${shipped}` };
}
function textOf(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7('the file is not UTF-8 text');
    }
}


/***/ }),

/***/ 3970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $_: () => (/* binding */ goodBefore),
/* harmony export */   EU: () => (/* binding */ goodOnesBefore),
/* harmony export */   Vx: () => (/* binding */ lockOf),
/* harmony export */   a2: () => (/* binding */ revisionTable),
/* harmony export */   mC: () => (/* binding */ lastGood)
/* harmony export */ });
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1565);

const unfinished = ['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling'];
const good = ['deployed', 'superseded'];
function lockOf(history) {
    const last = history.at(-1);
    return last !== undefined && unfinished.includes(last.status) ? last : undefined;
}
function lastGood(history) {
    const alive = sinceUninstall(history);
    return alive.findLast(({ status }) => status === 'deployed') ?? alive.findLast(({ status }) => good.includes(status));
}
function goodBefore(history) {
    return goodOnesBefore(history)[0];
}
function goodOnesBefore(history) {
    const current = lastGood(history);
    if (current === undefined)
        return [];
    const origin = originOf(current, history);
    return sinceUninstall(history)
        .filter(({ revision, status }) => revision < origin && good.includes(status))
        .reverse();
}
function originOf({ revision, description }, history) {
    const target = Number(/^Rollback to (\d{1,9})$/.exec(description)?.[1] ?? NaN);
    if (!(target < revision))
        return revision;
    const source = history.find((one) => one.revision === target);
    return source === undefined ? target : originOf(source, history);
}
function sinceUninstall(history) {
    return history.slice(history.findLastIndex(({ status }) => status === 'uninstalled') + 1);
}
const shown = 8;
function revisionTable(history) {
    return {
        title: 'Revisions',
        columns: ['Revision', 'Status', 'Chart', 'Updated', 'Description'],
        rows: history
            .slice(-shown)
            .reverse()
            .map(({ revision, status, chart, updated, description }) => [
            revision,
            status,
            chart,
            updated,
            (0,_report_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(description, 200),
        ]),
    };
}


/***/ }),

/***/ 4048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ao: () => (/* binding */ planRemoval),
  II: () => (/* binding */ planRollback),
  Kp: () => (/* binding */ planUpgrade)
});

// EXTERNAL MODULE: ./build/bundle/js/kubernetes/workload.js
var kubernetes_workload = __webpack_require__(2753);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: ./build/bundle/js/helm/history.js
var helm_history = __webpack_require__(3970);
// EXTERNAL MODULE: ./build/bundle/js/helm/problem.js
var problem = __webpack_require__(6889);
// EXTERNAL MODULE: ./build/bundle/js/helm/rendered.js
var rendered = __webpack_require__(9061);
// EXTERNAL MODULE: ./build/bundle/js/helm/rules.js
var rules = __webpack_require__(7457);
// EXTERNAL MODULE: ./build/bundle/js/helm/values.js
var helm_values = __webpack_require__(3574);
;// CONCATENATED MODULE: ./build/bundle/js/helm/serving.js



function startedBy({ workloads }) {
    return workloads.flatMap((workload) => workload.containers);
}
async function contentOf({ revision }, helm) {
    const rendered = await helm.rendered(revision);
    if ('problem' in rendered)
        return rendered;
    const values = await helm.values(revision);
    if ('problem' in values)
        return values;
    return { value: { containers: startedBy(rendered.value), candidate: (0,helm_values/* candidateOf */.R)(values.value) } };
}
function missingFrom(now, { containers }) {
    return containers.filter((one) => atPlaceOf(one, now)?.image !== one.image);
}
function replacements(before, wanted, image) {
    return wanted.flatMap((one) => {
        const there = atPlaceOf(one, before);
        const known = there ? [there] : before.containers;
        if (known.some((other) => other.image === one.image))
            return [];
        const isFree = there === undefined || (before.candidate !== undefined && (0,rendered/* isImage */.w)(there.image, before.candidate));
        if (isFree && (0,rendered/* isImage */.w)(one.image, image))
            return [];
        const now = there ? `${there.image} runs there` : 'it runs nowhere in the release';
        const message = `Container ${one.name} starts ${one.image}, and ${now}.`;
        return [{ rule: rules/* helmRules */.C.servingReplaced, message, place: { resource: one.resource } }];
    });
}
function atPlaceOf({ resource, name }, { containers }) {
    return containers.find((other) => other.resource === resource && other.name === name);
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/plan.js







async function planUpgrade({ image, track: wanted, chartFor }, { helm, namespace }) {
    const free = await freeRelease(helm);
    if ('findings' in free)
        return free;
    const before = (0,helm_history/* lastGood */.mC)(free.history);
    const track = before === undefined ? 'stable' : wanted;
    const chart = await chartFor(track);
    const release = await helm.render(chart);
    if ('problem' in release)
        return { findings: [(0,problem/* helmFinding */.C7)(release.problem, rules/* helmRules */.C.chartInvalid)] };
    const { rendered } = release.value;
    const findings = [...imageFindings(rendered, image), ...namespaceFindings(rendered, namespace)];
    if (findings.length > 0)
        return { findings };
    if (before !== undefined && track === 'canary') {
        const serving = await contentOf(before, helm);
        if ('problem' in serving)
            return { findings: [(0,problem/* helmFinding */.C7)(serving.problem, rules/* helmRules */.C.clusterUnreachable)] };
        const replaced = replacements(serving.value, startedBy(rendered), image);
        if (replaced.length > 0)
            return { findings: replaced };
    }
    return { plan: { chart, image, track, history: free.history, release: release.value } };
}
async function freeRelease(helm) {
    const history = await helm.history();
    if ('problem' in history)
        return { findings: [(0,problem/* helmFinding */.C7)(history.problem, rules/* helmRules */.C.clusterUnreachable)] };
    const lock = (0,helm_history/* lockOf */.Vx)(history.value);
    if (lock === undefined)
        return { history: history.value };
    const message = `Revision ${lock.revision} is \`${lock.status}\` since ${lock.updated}.`;
    return { findings: [{ rule: rules/* helmRules */.C.releaseLocked, message }] };
}
function imageFindings({ containers, workloads }, image) {
    const findings = (0,rendered/* unpinned */.C)(containers).map(({ resource, name, image: given }) => ({
        rule: rules/* helmRules */.C.imageNotPinned,
        message: `Container ${name} starts ${given === '' ? 'an image without a name' : given}.`,
        place: { resource },
    }));
    if (!startedBy({ workloads }).some((container) => (0,rendered/* isImage */.w)(container.image, image))) {
        const message = `No Deployment, StatefulSet or DaemonSet of the chart starts ${image.name}@${image.digest}.`;
        findings.push({ rule: rules/* helmRules */.C.imageNotUsed, message });
    }
    return findings;
}
function namespaceFindings({ workloads }, own) {
    return workloads
        .filter(({ namespace }) => namespace !== '' && namespace !== own)
        .map((workload) => ({
        rule: rules/* helmRules */.C.otherNamespace,
        message: `It is in namespace ${workload.namespace}, the release is in ${own}.`,
        place: { resource: (0,kubernetes_workload/* workloadName */.vO)(workload) },
    }));
}
async function planRollback({ helm }) {
    const free = await freeRelease(helm);
    if ('findings' in free)
        return free;
    const { history } = free;
    const target = (0,helm_history/* goodBefore */.$_)(history);
    return target === undefined ? nothingBefore(history) : { plan: { history, target } };
}
function nothingBefore(history) {
    const message = `None of the ${(0,report_text/* count */.U9)(history.length, 'known revision')} is an earlier good one.`;
    return { findings: [{ rule: rules/* helmRules */.C.nothingToRollBackTo, message }] };
}
async function planRemoval({ helm }) {
    const free = await freeRelease(helm);
    if ('findings' in free)
        return free;
    const { history } = free;
    const current = (0,helm_history/* lastGood */.mC)(history);
    const targets = (0,helm_history/* goodOnesBefore */.EU)(history);
    if (current === undefined || targets.length === 0)
        return nothingBefore(history);
    const now = await contentOf(current, helm);
    if ('problem' in now)
        return { findings: [(0,problem/* helmFinding */.C7)(now.problem, rules/* helmRules */.C.rollbackFailed)] };
    if (now.value.candidate === undefined)
        return noCandidate(`Revision ${current.revision}, which is deployed, has none.`);
    const refusals = [];
    for (const target of targets) {
        const then = await contentOf(target, helm);
        if ('problem' in then)
            return { findings: [(0,problem/* helmFinding */.C7)(then.problem, rules/* helmRules */.C.rollbackFailed)] };
        if (then.value.candidate !== undefined)
            continue;
        const missing = missingFrom(now.value, then.value);
        if (missing.length === 0)
            return { plan: { history, target } };
        refusals.push(missing.map((container) => notServing(container, target)));
    }
    const [latest] = refusals;
    return latest === undefined
        ? noCandidate('Every earlier good revision that is known has a candidate too.')
        : { findings: latest };
}
function noCandidate(message) {
    return { findings: [{ rule: rules/* helmRules */.C.noCandidate, message }] };
}
function notServing({ resource, name, image }, { revision }) {
    return {
        rule: rules/* helmRules */.C.noCandidate,
        message: `Revision ${revision} starts ${image} in container ${name}, and the release does not do so now.`,
        place: { resource },
    };
}


/***/ }),

/***/ 6889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C7: () => (/* binding */ helmFinding),
/* harmony export */   cr: () => (/* binding */ helmProblem),
/* harmony export */   ko: () => (/* binding */ kubectlFinding)
/* harmony export */ });
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1565);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7457);


const maxMessage = 2000;
const reasons = [
    [/asked for the client to provide credentials|\bUnauthorized\b|is forbidden: User /, 'denied'],
    [/cluster unreachable|\bdial tcp\b|client connection lost|connection reset by peer|unexpected EOF/i, 'unreachable'],
    [/TLS handshake timeout|server is currently unable to handle the request|\betcdserver: /, 'unreachable'],
    [/another operation \(install\/upgrade\/rollback\) is in progress/, 'locked'],
    [/^release: not found$/m, 'not-found'],
    [/context deadline exceeded|timed out waiting for the condition/, 'timeout'],
];
function helmProblem({ code, signal, stderr, timedOut }, cancelled) {
    const message = messageIn(stderr) || `Helm ended with ${signal ?? `exit code ${code ?? 'unknown'}`} and said nothing`;
    if (cancelled)
        return { reason: 'cancelled', message };
    if (timedOut)
        return { reason: 'timeout', message };
    return { reason: reasons.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed', message };
}
function messageIn(stderr) {
    const lines = stderr.split('\n').filter((line) => !/^level=|^[IWE]\d{4} /.test(line));
    const text = lines.join('\n');
    const error = text.slice(Math.max(text.lastIndexOf('Error: '), 0)).replace(/^Error: (?:[A-Z ]+ FAILED: )?/, '');
    return (0,_report_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(error.trim(), maxMessage);
}
function helmFinding({ reason, message }, otherwise) {
    const rule = {
        unreachable: _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.clusterUnreachable,
        denied: _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.accessDenied,
        locked: _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.releaseLocked,
        cancelled: _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.cancelled,
        timeout: otherwise,
        'not-found': otherwise,
        failed: otherwise,
    }[reason];
    return { rule, message: `Helm says: ${message}` };
}
function kubectlFinding({ reason, message }) {
    const denied = reason === 'forbidden' || reason === 'unauthorized';
    return { rule: denied ? _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.accessDenied : _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.clusterUnreachable, message: `kubectl says: ${message}` };
}


/***/ }),

/***/ 5790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ recover)
/* harmony export */ });
/* harmony import */ var _take_back_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7843);

const revisionsOfOneRun = 2;
async function recover({ before, target }, tools, budget) {
    const history = await tools.helm.history();
    if ('problem' in history)
        return [`The release cannot be read, so it is left as it is: ${history.problem.message}`];
    const last = history.value.at(-1);
    if (last === undefined || last.revision <= before)
        return ['The release was not changed.'];
    const found = `Revision ${last.revision} is \`${last.status}\`.`;
    if (last.revision > before + revisionsOfOneRun)
        return [found, 'It is of another run, so it is left as it is.'];
    if (last.status === 'deployed')
        return [found, 'It is complete, so it is left as it is. It was not verified.'];
    const revision = history.value.find((one) => one.revision === target);
    if (target !== 0 && revision === undefined)
        return [found, `Revision ${target} to go back to is gone.`];
    const { findings } = await (0,_take_back_js__WEBPACK_IMPORTED_MODULE_0__/* .takeBack */ .z)(revision, [], tools, budget);
    return [found, ...findings.map(({ message }) => message)];
}


/***/ }),

/***/ 9061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ unpinned),
/* harmony export */   w: () => (/* binding */ isImage)
/* harmony export */ });
function unpinned(containers) {
    return containers.filter(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image));
}
function isImage(reference, image) {
    return reference.replace(/(?::[\w][\w.-]{0,127})?@/, '@') === `${image.name}@${image.digest}`;
}


/***/ }),

/***/ 7457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ helmRules)
/* harmony export */ });
/* harmony import */ var _report_rule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60);

const waitReference = 'https://helm.sh/docs/helm/helm_upgrade/';
const debugReference = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/';
const helmRules = (0,_report_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .defineRules */ .x)({
    promotionRefused: {
        id: 'helm/promotion-refused',
        title: 'The image may not enter the stage',
        why: 'The policy of the stage asks for evidence that this digest does not have. Nothing was deployed.',
        fix: 'See the findings of the promotion: each names the clause and what would satisfy it.',
        outcome: 'fail',
    },
    promotionUndecided: {
        id: 'helm/promotion-undecided',
        title: 'It could not be decided whether the image may enter the stage',
        why: 'Evidence that could not be read is no evidence. Nothing was deployed.',
        fix: 'See the findings of the promotion: each names what could not be read.',
        outcome: 'inconclusive',
    },
    promotionOff: {
        id: 'helm/promotion-off',
        title: 'The release was not held against the promotion policy',
        why: 'With `promotion: off` any image enters the stage, whoever built it and whatever its gates said.',
        fix: 'Remove `promotion: off`, or keep it to stages that carry no traffic of users.',
        outcome: 'warning',
    },
    clusterUnreachable: {
        id: 'helm/cluster-unreachable',
        title: 'The cluster did not answer',
        why: 'What runs in the cluster is unknown: neither success nor failure was seen.',
        fix: 'Check the address in the kubeconfig and the network between runner and cluster, then run the job again.',
        outcome: 'inconclusive',
    },
    accessDenied: {
        id: 'helm/access-denied',
        title: 'The cluster refused the credentials',
        why: 'Without the rights of a deployer nothing can be released or checked.',
        fix: 'Check that the credentials are not expired and may read and write the kinds of the chart, and secrets, in the namespace.',
        outcome: 'inconclusive',
    },
    releaseLocked: {
        id: 'helm/release-locked',
        title: 'Another operation on the release is not finished',
        why: 'Helm lets one operation at a time change a release. It runs now, or it was killed and left its mark.',
        fix: 'If a run of this workflow is still deploying, wait for it. If none is, `helm rollback` to the last deployed revision removes the mark.',
        outcome: 'fail',
    },
    chartInvalid: {
        id: 'helm/chart-invalid',
        title: 'The chart cannot be rendered',
        why: 'Helm refuses the chart or its values, so there is nothing to release. The cluster was not touched.',
        fix: 'Correct the chart or the values at the place that Helm names.',
        outcome: 'fail',
    },
    imageNotPinned: {
        id: 'helm/image-not-pinned',
        title: 'The chart starts an image that is not named by digest',
        why: 'A tag can be moved to another image after every gate has passed. The cluster was not touched.',
        fix: 'Name the image as `repository@sha256:…` in the chart or its values.',
        outcome: 'fail',
    },
    imageNotUsed: {
        id: 'helm/image-not-used',
        title: 'The chart does not start the image that is released',
        why: 'Another image than the one that the gates have checked would run. The cluster was not touched.',
        fix: 'Let the chart take its image from the values `image.repository` and `image.digest`, and for a canary from `canary.image`.',
        outcome: 'fail',
    },
    noBaseline: {
        id: 'helm/no-baseline',
        title: 'There is nothing that a canary could stand beside',
        why: 'The release has never been good before, so no version serves that the candidate could be compared with.',
        fix: 'Nothing to do: the image was released as the stable version. The next one can be a canary.',
        outcome: 'note',
    },
    servingReplaced: {
        id: 'helm/serving-replaced',
        title: 'The canary would change what serves',
        why: 'A canary only adds its candidate. Another image in place of what serves would get traffic at once, from no gate and watched by nobody. The cluster was not touched.',
        fix: 'Leave `image` out of the values files: Slipway sets it. Release what else has changed, such as a sidecar, with `track: stable`.',
        outcome: 'fail',
    },
    otherNamespace: {
        id: 'helm/other-namespace',
        title: 'The chart puts a workload into another namespace',
        why: 'The pods of a release are checked in its own namespace. What runs elsewhere would go unseen.',
        fix: 'Remove `metadata.namespace` from the template, or release that part by itself.',
        outcome: 'fail',
    },
    upgradeTimeout: {
        id: 'helm/upgrade-timeout',
        title: 'The release was not ready in time',
        why: 'The new version did not take over within its budget.',
        fix: 'See the cause beside this finding. If the service is only slow to start, raise `timeout`.',
        outcome: 'fail',
        reference: waitReference,
    },
    upgradeFailed: {
        id: 'helm/upgrade-failed',
        title: 'Helm could not apply the release',
        why: 'The cluster refused an object of the chart, or a hook failed.',
        fix: "Correct what Helm's message names.",
        outcome: 'fail',
    },
    cancelled: {
        id: 'helm/cancelled',
        title: 'The step was cancelled',
        why: 'It is not known how far the release came. The clean-up of this step takes it back.',
        fix: 'Run the job again when it may run to its end.',
        outcome: 'inconclusive',
    },
    crashLoop: {
        id: 'helm/pod-crash-loop',
        title: 'A container ends again and again',
        why: 'The program starts and exits; Kubernetes waits longer before each new start.',
        fix: 'Read what the program printed last: `kubectl logs --previous`. Often a setting or a dependency is missing.',
        outcome: 'fail',
        reference: debugReference,
    },
    outOfMemory: {
        id: 'helm/out-of-memory',
        title: 'A container was killed because it used too much memory',
        why: 'The kernel ends a container that goes beyond its memory limit.',
        fix: 'Raise the memory limit in the chart, or make the program need less.',
        outcome: 'fail',
        reference: 'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/',
    },
    imagePull: {
        id: 'helm/image-pull',
        title: 'An image cannot be pulled',
        why: 'The node does not get the image: it is not there, or the cluster may not read it.',
        fix: 'Check that the digest is in the registry and that the namespace has a pull secret for it.',
        outcome: 'fail',
        reference: 'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    },
    containerConfig: {
        id: 'helm/container-config',
        title: 'A container cannot be created',
        why: 'Something that its pod refers to is missing or not allowed, such as a Secret or a ConfigMap.',
        fix: 'Create what the message names, or correct the reference in the chart.',
        outcome: 'fail',
        reference: debugReference,
    },
    unschedulable: {
        id: 'helm/unschedulable',
        title: 'No node takes a pod',
        why: 'No node has the free resources or the properties that the pod asks for.',
        fix: 'Lower the requests, add nodes, or correct node selector, affinity and tolerations.',
        outcome: 'fail',
        reference: debugReference,
    },
    podsNotCreated: {
        id: 'helm/pods-not-created',
        title: 'The cluster refuses to create pods',
        why: 'A quota, an admission policy or a missing account keeps the pods of the new version from being created at all.',
        fix: 'Correct what the message names: raise the quota, or make the pod meet the policy.',
        outcome: 'fail',
        reference: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    },
    neverReady: {
        id: 'helm/never-ready',
        title: 'A pod runs and does not become ready',
        why: 'Its readiness probe does not succeed, so it gets no traffic.',
        fix: 'Ask the probed path yourself and read the logs of the pod; check port and path of the probe.',
        outcome: 'fail',
        reference: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    },
    digestNotRunning: {
        id: 'helm/digest-not-running',
        title: 'The pods do not run what the release says',
        why: 'Helm reported success, and yet the pods have another image or are not ready. Something else changes them.',
        fix: 'Look for what owns the workload beside Helm: an admission webhook, an operator, an autoscaler, a manual change.',
        outcome: 'fail',
    },
    rolledBack: {
        id: 'helm/rolled-back',
        title: 'The release was taken back',
        why: 'A release that failed must not stay: what ran before runs again, and its pods were compared with it image by image.',
        fix: 'Nothing to do for the cluster. Correct the cause before the next release.',
        outcome: 'note',
    },
    rollbackFailed: {
        id: 'helm/rollback-failed',
        title: 'The release could not be taken back',
        why: 'The cluster is left between two versions, or it is not known which one runs.',
        fix: 'Act now: look at the pods of the release and at `helm history`, and roll back by hand.',
        outcome: 'fail',
    },
    nothingToRollBackTo: {
        id: 'helm/nothing-to-roll-back-to',
        title: 'There is no earlier revision to roll back to',
        why: 'The release has never been in another good state than now, as far as its history tells.',
        fix: 'Release a known good digest instead.',
        outcome: 'fail',
    },
    noCandidate: {
        id: 'helm/no-candidate',
        title: 'Going back would change what serves',
        why: 'A candidate is removed by going back to a good revision without one. The release has no candidate, or no such revision starts what serves now, so it is not the candidate alone that would go. Nothing was changed.',
        fix: 'Name the release that holds the candidate, released with `track: canary`. Roll back by hand if that is what you want.',
        outcome: 'fail',
    },
    deploymentNotRecorded: {
        id: 'helm/deployment-not-recorded',
        title: 'GitHub does not show this deployment, or not its state',
        why: 'The release itself is not affected. The history of deployments on GitHub has a gap.',
        fix: 'Give the job `deployments: write`; else see what GitHub answered.',
        outcome: 'warning',
    },
});


/***/ }),

/***/ 7843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ takeBack)
/* harmony export */ });
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1565);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6889);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7457);
/* harmony import */ var _tools_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9537);
/* harmony import */ var _verify_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7773);





const leastForVerification = 5000;
async function takeBack(target, installed, tools, budget, since = tools.clock.now()) {
    const { helm, clock } = tools;
    const started = clock.now().getTime();
    const ended = (findings, seen) => ({
        findings,
        measurements: [{ name: 'rollback', value: (0,_tools_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsSince */ .w)(since, clock), unit: 's', limit: { atMost: 120 } }],
        sections: seen && seen.pods.length > 0 ? [{ ...seen.table, title: 'Pods after the rollback' }] : [],
        pods: seen?.pods.length ?? 0,
        rolledBack: findings.every(({ rule }) => rule === _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rolledBack),
    });
    const verified = (seen, message) => ended(seen.findings.length > 0 ? seen.findings : [{ rule: _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rolledBack, message }], seen);
    const forHelm = Math.max(budget - leastForVerification, 1000);
    const done = await (target === undefined ? helm.uninstall(forHelm) : helm.rollback(target.revision, forHelm));
    if ('problem' in done) {
        const { reason, message } = done.problem;
        const rule = reason === 'cancelled' ? _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.cancelled : _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rollbackFailed;
        return ended([{ rule, message: `Helm says: ${message}` }]);
    }
    const left = Math.max(budget - (clock.now().getTime() - started), leastForVerification);
    if (target === undefined) {
        const gone = await (0,_verify_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyGone */ .bu)(installed, _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rollbackFailed, tools, left);
        return verified(gone, 'The first install was removed; no workload of it is left.');
    }
    const wanted = await helm.rendered(target.revision);
    if ('problem' in wanted)
        return ended([(0,_problem_js__WEBPACK_IMPORTED_MODULE_3__/* .helmFinding */ .C7)(wanted.problem, _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rollbackFailed)]);
    const seen = await (0,_verify_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyPods */ .Qp)(wanted.value.workloads, _rules_js__WEBPACK_IMPORTED_MODULE_1__/* .helmRules */ .C.rollbackFailed, tools, left);
    return verified(seen, `Revision ${target.revision} runs again: ${(0,_report_text_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(seen.pods.length, 'pod')} with its images.`);
}


/***/ }),

/***/ 9537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ secondsSince)
/* harmony export */ });
function secondsSince(started, clock) {
    return Math.round((clock.now().getTime() - started.getTime()) / 100) / 10;
}


/***/ }),

/***/ 3574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ candidateOf),
/* harmony export */   i: () => (/* binding */ trackValues)
/* harmony export */ });
function trackValues(track, { name, digest }) {
    const image = { repository: name, digest };
    return track === 'canary' ? { canary: { enabled: true, image } } : { image, canary: { enabled: false } };
}
function candidateOf(values) {
    const { canary } = (values ?? {});
    if (canary?.enabled !== true)
        return undefined;
    const { repository, digest } = canary.image ?? {};
    return { name: textOf(repository), digest: textOf(digest) };
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}


/***/ }),

/***/ 7773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qp: () => (/* binding */ verifyPods),
/* harmony export */   bu: () => (/* binding */ verifyGone)
/* harmony export */ });
/* unused harmony export compare */
/* harmony import */ var _kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2753);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6889);


const pollInterval = 500;
function verifyPods(wanted, rule, tools, within) {
    return settled((live) => compare(wanted, live, rule), tools, within);
}
function verifyGone(removed, rule, tools, within) {
    const left = (live) => removed
        .filter((one) => find(one, live) !== undefined)
        .map((one) => ({ rule, message: 'The workload is still there.', place: { resource: (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .workloadName */ .vO)(one) } }));
    return settled((live) => ({ findings: left(live), pods: [], table: podTable([]) }), tools, within);
}
async function settled(judge, { kubectl, clock, signal }, within) {
    const deadline = clock.now().getTime() + within;
    for (;;) {
        const result = await (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .readWorkloads */ .F0)(kubectl);
        const seen = 'problem' in result ? unreadable(result.problem) : judge(result.value);
        if (seen.findings.length === 0 || signal.aborted || clock.now().getTime() >= deadline)
            return seen;
        await clock.sleep(pollInterval);
    }
}
function compare(wanted, live, rule) {
    const pairs = wanted.map((one) => ({ one, found: find(one, live) }));
    const rows = pairs.flatMap(({ one, found }) => (found?.pods ?? []).map((pod) => podRow(one, pod)));
    return {
        findings: pairs.flatMap(({ one, found }) => mismatches(one, found, rule)),
        pods: pairs.flatMap(({ one, found }) => (found?.pods ?? []).filter((pod) => runs(pod, one))),
        table: podTable(rows),
    };
}
function find(wanted, live) {
    return live.find(({ kind, name }) => kind === wanted.kind && name === wanted.name);
}
function mismatches(wanted, live, rule) {
    const place = { resource: (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .workloadName */ .vO)(wanted) };
    if (live === undefined)
        return [{ rule, message: 'The workload does not exist in the cluster.', place }];
    const other = live.pods.flatMap((pod) => strangers(pod, wanted.containers));
    const ready = live.pods.filter((pod) => runs(pod, wanted)).length;
    return [
        ...other.map((message) => ({ rule, message, place })),
        ...(ready < live.desired
            ? [
                {
                    rule,
                    message: `${ready} of ${live.desired} pods are ready with the images of the release.`,
                    place,
                },
            ]
            : []),
    ];
}
function strangers(pod, wanted) {
    const running = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
    return wanted.flatMap(({ name, image }) => {
        const found = running.find((container) => container.name === name)?.image;
        return found === image ? [] : [`Pod ${pod.metadata.name} runs ${found ?? 'nothing'} as ${name}, not ${image}.`];
    });
}
function runs(pod, { containers }) {
    return (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .isReady */ .i_)(pod) && strangers(pod, containers).length === 0;
}
function podRow(workload, pod) {
    const images = (pod.spec?.containers ?? []).map(({ image }) => image).join(', ');
    return [pod.metadata.name, (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .workloadName */ .vO)(workload), (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_0__/* .isReady */ .i_)(pod) ? 'yes' : 'no', images];
}
function podTable(rows) {
    return { title: 'Pods', columns: ['Pod', 'Workload', 'Ready', 'Images'], rows: rows.slice(0, 50) };
}
function unreadable(problem) {
    return { findings: [(0,_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .kubectlFinding */ .ko)(problem)], pods: [], table: podTable([]) };
}


/***/ }),

/***/ 2753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ isWorkloadKind),
/* harmony export */   F0: () => (/* binding */ readWorkloads),
/* harmony export */   i_: () => (/* binding */ isReady),
/* harmony export */   nR: () => (/* binding */ timeOf),
/* harmony export */   q6: () => (/* binding */ readWarnings),
/* harmony export */   vO: () => (/* binding */ workloadName)
/* harmony export */ });
/* unused harmony export workloadsOf */
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];
function isWorkloadKind(kind) {
    return typeof kind === 'string' && workloadKinds.includes(kind);
}
const read = 'deployments.apps,statefulsets.apps,daemonsets.apps,replicasets.apps,pods';
async function readWorkloads(kubectl) {
    const result = await kubectl.list(read);
    return 'problem' in result ? result : { value: workloadsOf(result.value) };
}
function workloadsOf(objects) {
    const ofKind = (wanted) => objects.filter(({ kind }) => wanted(kind));
    const replicaSets = ofKind((kind) => kind === 'ReplicaSet');
    const pods = ofKind((kind) => kind === 'Pod').filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    return ofKind(isWorkloadKind).map(({ kind, metadata, spec, status }) => {
        const own = replicaSets.filter((set) => isOwned(set.metadata, [metadata]));
        const owners = [metadata, ...own.map((set) => set.metadata)];
        const ownPods = pods.filter((pod) => isOwned(pod.metadata, owners));
        return {
            kind,
            name: metadata.name,
            desired: kind === 'DaemonSet' ? (status?.desiredNumberScheduled ?? 0) : (spec?.replicas ?? 1),
            pods: ownPods,
            conditions: status?.conditions ?? [],
            uids: new Set([...owners, ...ownPods.map((pod) => pod.metadata)].flatMap(({ uid }) => uid ?? [])),
        };
    });
}
function isOwned({ ownerReferences = [] }, owners) {
    return ownerReferences.some(({ uid, controller }) => controller && owners.some((owner) => owner.uid === uid));
}
function workloadName({ kind, name }) {
    return `${kind.toLowerCase()}/${name}`;
}
function isReady({ status }) {
    return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}
async function readWarnings(kubectl, uids, atMost) {
    const result = await kubectl.list('events');
    if ('problem' in result)
        return result;
    const events = result.value;
    const about = events.filter(({ type, involvedObject }) => type === 'Warning' && uids.has(involvedObject?.uid ?? ''));
    return { value: about.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)).slice(-atMost) };
}
function timeOf({ lastTimestamp, series, eventTime, metadata }) {
    return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}


/***/ })

};
