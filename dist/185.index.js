export const id = 185;
export const ids = [185];
export const modules = {

/***/ 185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  helmRelease: () => (/* binding */ helmRelease)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/document.js
var definition_document = __webpack_require__(9114);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/helm/history.js
var helm_history = __webpack_require__(3970);
// EXTERNAL MODULE: ./build/bundle/js/helm/plan.js + 1 modules
var plan = __webpack_require__(4048);
// EXTERNAL MODULE: ./build/bundle/js/helm/recover.js
var recover = __webpack_require__(5790);
// EXTERNAL MODULE: ./build/bundle/js/helm/rules.js
var rules = __webpack_require__(7457);
// EXTERNAL MODULE: ./build/bundle/js/helm/take-back.js
var take_back = __webpack_require__(7843);
// EXTERNAL MODULE: ./build/bundle/js/kubernetes/workload.js
var kubernetes_workload = __webpack_require__(2753);
;// CONCATENATED MODULE: ./build/bundle/js/kubernetes/cause.js

function causesOf(workload, warnings) {
    const seen = new Map();
    for (const pod of workload.pods.filter((one) => !(0,kubernetes_workload/* isReady */.i_)(one))) {
        const found = podCause(pod, warnings);
        const pods = (seen.get(found.class)?.pods ?? 0) + 1;
        const first = seen.get(found.class) ?? { ...found, workload: (0,kubernetes_workload/* workloadName */.vO)(workload), pod: pod.metadata.name };
        seen.set(found.class, { ...first, pods });
    }
    const refused = refusedCreation(workload, warnings);
    return [...(refused === undefined ? [] : [refused]), ...seen.values()];
}
function refusedCreation(workload, warnings) {
    const failure = workload.conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
    const message = failure?.message ?? warnings.findLast(({ reason }) => reason === 'FailedCreate')?.message;
    if (message === undefined || workload.pods.filter(kubernetes_workload/* isReady */.i_).length >= workload.desired)
        return undefined;
    return { class: 'pods-not-created', workload: (0,kubernetes_workload/* workloadName */.vO)(workload), message, pods: 0 };
}
function podCause(pod, warnings) {
    const { status } = pod;
    const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    for (const container of containers) {
        const cause = containerCause(container);
        if (cause !== undefined)
            return cause;
    }
    const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (scheduled?.reason === 'Unschedulable')
        return { class: 'unschedulable', message: scheduled.message ?? '' };
    const warning = warnings.findLast(({ involvedObject }) => involvedObject?.uid === pod.metadata.uid);
    const container = containers.find(({ ready }) => !ready)?.name;
    const said = warning?.message ?? status?.message ?? status?.conditions?.find(({ type }) => type === 'Ready')?.reason;
    return {
        class: 'never-ready',
        ...(container !== undefined && { container }),
        message: said ?? `its phase is ${status?.phase ?? 'unknown'}`,
    };
}
const waitingReasons = {
    ErrImagePull: 'image-pull',
    ImagePullBackOff: 'image-pull',
    ErrImageNeverPull: 'image-pull',
    InvalidImageName: 'image-pull',
    ImageInspectError: 'image-pull',
    RegistryUnavailable: 'image-pull',
    SignatureValidationFailed: 'image-pull',
    CreateContainerConfigError: 'container-config',
    CreateContainerError: 'container-config',
    RunContainerError: 'container-config',
};
function containerCause({ name, ready, state, lastState, restartCount = 0 }) {
    if (ready)
        return undefined;
    const ended = state?.terminated ?? lastState?.terminated;
    if (ended?.reason === 'OOMKilled')
        return {
            class: 'out-of-memory',
            container: name,
            message: `it used more memory than its limit${times(restartCount)}`,
        };
    const { reason = '', message } = state?.waiting ?? {};
    const waitingClass = Object.hasOwn(waitingReasons, reason) ? waitingReasons[reason] : undefined;
    if (waitingClass !== undefined)
        return { class: waitingClass, container: name, message: [reason, message].filter(Boolean).join(': ') };
    if (reason === 'CrashLoopBackOff' || (ended?.exitCode ?? 0) !== 0) {
        const how = ended === undefined ? 'it keeps ending' : `it ended with exit code ${ended.exitCode ?? 'unknown'}`;
        const said = ended?.message === undefined ? '' : `: ${ended.message}`;
        return { class: 'crash-loop', container: name, message: `${how}${times(restartCount)}${said}` };
    }
    return undefined;
}
function times(restarts) {
    return restarts === 0 ? '' : ` and was started ${restarts + 1} times`;
}

// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: ./build/bundle/js/helm/problem.js
var helm_problem = __webpack_require__(6889);
;// CONCATENATED MODULE: ./build/bundle/js/helm/diagnosis.js





const maxEvents = 15;
const maxMessage = 500;
const ruleOf = {
    'out-of-memory': rules/* helmRules */.C.outOfMemory,
    'crash-loop': rules/* helmRules */.C.crashLoop,
    'image-pull': rules/* helmRules */.C.imagePull,
    'container-config': rules/* helmRules */.C.containerConfig,
    unschedulable: rules/* helmRules */.C.unschedulable,
    'pods-not-created': rules/* helmRules */.C.podsNotCreated,
    'never-ready': rules/* helmRules */.C.neverReady,
};
async function diagnose(wanted, kubectl) {
    const result = await (0,kubernetes_workload/* readWorkloads */.F0)(kubectl);
    if ('problem' in result)
        return { findings: [(0,helm_problem/* kubectlFinding */.ko)(result.problem)], sections: [] };
    const own = result.value.filter(({ kind, name }) => wanted.some((one) => one.kind === kind && one.name === name));
    const warnings = await (0,kubernetes_workload/* readWarnings */.q6)(kubectl, new Set(own.flatMap(({ uids }) => [...uids])), maxEvents);
    const events = 'problem' in warnings ? [] : warnings.value;
    const causes = own.flatMap((workload) => causesOf(workload, events.filter(({ involvedObject }) => workload.uids.has(involvedObject?.uid ?? ''))));
    return {
        findings: causes.map(causeFinding),
        sections: events.length > 0 ? [eventTable(events)] : [],
    };
}
function causeFinding({ class: kind, workload, pod, container, message, pods }) {
    const who = pod === undefined ? 'No pod is created' : `Pod ${pod}${container ? `, container ${container}` : ''}`;
    const more = pods > 1 ? ` (and ${pods - 1} more pods)` : '';
    return { rule: ruleOf[kind], message: `${who}: ${(0,report_text/* cut */.Jj)(message, maxMessage)}${more}`, place: { resource: workload } };
}
function eventTable(events) {
    return {
        title: 'Last warnings of Kubernetes',
        columns: ['Time', 'Object', 'Reason', 'Message'],
        rows: events.map((event) => [
            (0,kubernetes_workload/* timeOf */.nR)(event),
            `${(event.involvedObject?.kind ?? '').toLowerCase()}/${event.involvedObject?.name ?? ''}`,
            event.reason ?? '',
            (0,report_text/* cut */.Jj)(event.message ?? '', maxMessage),
        ]),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/helm/rendered.js
var rendered = __webpack_require__(9061);
// EXTERNAL MODULE: ./build/bundle/js/helm/tools.js
var tools = __webpack_require__(9537);
// EXTERNAL MODULE: ./build/bundle/js/helm/verify.js
var verify = __webpack_require__(7773);
;// CONCATENATED MODULE: ./build/bundle/js/helm/upgrade.js








const verificationTime = 15_000;
async function carryOut(plan, budgets, tools) {
    const started = tools.clock.now();
    const applied = await tools.helm.upgrade(plan.chart, budgets.upgrade);
    if ('problem' in applied) {
        const { reason } = applied.problem;
        const ended = { ...ending(started, tools), findings: [problemFinding(applied.problem, budgets)] };
        return reason === 'cancelled' || reason === 'locked' ? ended : unwind(plan, ended, budgets, tools);
    }
    const { workloads } = applied.value.rendered;
    const seen = await (0,verify/* verifyPods */.Qp)(workloads, rules/* helmRules */.C.digestNotRunning, tools, verificationTime);
    const pods = seen.pods.filter(({ spec }) => spec?.containers?.some(({ image = '' }) => (0,rendered/* isImage */.w)(image, plan.image)));
    const ended = { ...ending(started, tools), findings: seen.findings, pods: pods.length, sections: [seen.table] };
    if (tools.signal.aborted)
        return { ...ended, findings: [cancelledFinding] };
    const wrong = seen.findings.some(({ rule }) => rule === rules/* helmRules */.C.digestNotRunning);
    return wrong ? unwind(plan, ended, budgets, tools) : ended;
}
function ending(started, { clock }) {
    const deploy = { name: 'deploy', value: (0,tools/* secondsSince */.w)(started, clock), unit: 's', limit: { atMost: 300 } };
    return { findings: [], measurements: [deploy], sections: [], pods: 0, rolledBack: false };
}
const cancelledFinding = {
    rule: rules/* helmRules */.C.cancelled,
    message: 'The step was cancelled before the pods were looked at.',
};
function problemFinding(problem, { upgrade }) {
    if (problem.reason !== 'timeout')
        return (0,helm_problem/* helmFinding */.C7)(problem, rules/* helmRules */.C.upgradeFailed);
    const message = `It was not ready within ${upgrade / 1000} s. ${(0,helm_problem/* helmFinding */.C7)(problem, rules/* helmRules */.C.upgradeTimeout).message}`;
    return { rule: rules/* helmRules */.C.upgradeTimeout, message };
}
async function unwind(plan, failed, { rollback }, tools) {
    const started = tools.clock.now();
    const { workloads } = plan.release.rendered;
    const { findings, sections } = await diagnose(workloads, tools.kubectl);
    const told = { ...failed, findings: [...findings, ...failed.findings], sections: [...failed.sections, ...sections] };
    if (await unchanged(plan, tools))
        return told;
    const back = await (0,take_back/* takeBack */.z)((0,helm_history/* lastGood */.mC)(plan.history), workloads, tools, rollback, started);
    return {
        findings: [...told.findings, ...back.findings],
        measurements: [...told.measurements, ...back.measurements],
        sections: [...told.sections, ...back.sections],
        pods: 0,
        rolledBack: back.rolledBack,
    };
}
async function unchanged({ history }, { helm }) {
    const now = await helm.history();
    return 'value' in now && now.value.at(-1)?.revision === history.at(-1)?.revision;
}

// EXTERNAL MODULE: ./build/bundle/js/helm/values.js
var values = __webpack_require__(3574);
// EXTERNAL MODULE: ./build/bundle/js/report/evidence.js
var evidence = __webpack_require__(9871);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report_report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/actions/registry.js + 1 modules
var registry = __webpack_require__(5441);
;// CONCATENATED MODULE: ./build/bundle/js/actions/deployment-record.js

async function recordDeployment(token, deployment, { forge }) {
    const findings = [];
    const ask = async (request) => {
        try {
            return await request(await forge(token));
        }
        catch (error) {
            findings.push({ rule: rules/* helmRules */.C.deploymentNotRecorded, message: error.message });
            return undefined;
        }
    };
    const id = await ask((api) => api.createDeployment(deployment));
    const setState = async (state, description, environmentUrl) => {
        if (id !== undefined)
            await ask((api) => api.setDeploymentState(id, state, description, environmentUrl));
    };
    await setState('in_progress', deployment.description);
    return { id, findings, setState };
}

;// CONCATENATED MODULE: ./build/bundle/js/actions/release-attempt.js



async function begin(inputs, context, tools, { history, target, release, track }) {
    const { stage, image } = inputs;
    const before = history.at(-1)?.revision ?? 0;
    const chart = release && { chart: `${release.chart} ${release.chartVersion}` };
    const record = await recordDeployment(inputs['github-token'], {
        ref: context.run?.sha ?? '',
        environment: stage,
        description: `helm ${inputs.command} of ${inputs.release}`,
        production: stage === 'production',
        payload: {
            command: inputs.command,
            image: image.text,
            release: inputs.release,
            namespace: inputs.namespace,
            revision: String(before + 1),
            ...(track && { track }),
            ...chart,
        },
    }, context);
    context.log.info(`Helm ${inputs.command} of ${inputs.release} in ${inputs.namespace}: revision ${before + 1} begins.`);
    context.saveState('deployment', String(record.id ?? ''));
    context.saveState('target', String(target?.revision ?? 0));
    context.saveState('before', String(before));
    return {
        end: async (draft, outcome) => {
            const after = await tools.helm.history();
            const known = 'value' in after ? after.value : [];
            const whole = {
                ...draft,
                examined: { ...draft.examined, count: outcome.pods },
                findings: [...draft.findings, ...outcome.findings],
                measurements: outcome.measurements,
                sections: [...(draft.sections ?? []), ...outcome.sections, ...(known.length > 0 ? [(0,helm_history/* revisionTable */.a2)(known)] : [])],
                programs: tools.programs,
                outputs: { ...(track && { track }), ...outputsOf(outcome, history, known) },
            };
            const report = (0,report_report/* conclude */.E)(whole);
            if (context.signal.aborted)
                return report;
            context.saveState('finished', 'true');
            await record.setState(stateOf(report.verdict, track), descriptionOf(report), inputs['environment-url']);
            return (0,report_report/* conclude */.E)({ ...whole, findings: [...whole.findings, ...record.findings] });
        },
    };
}
function stateOf(verdict, track) {
    if (verdict === 'pass')
        return track === 'canary' ? 'inactive' : 'success';
    return verdict === 'fail' ? 'failure' : 'error';
}
function descriptionOf({ verdict, findings }) {
    const rules = findings.filter(({ rule }) => rule.outcome !== 'warning').map(({ rule }) => rule.id);
    return [verdict, ...new Set(rules)].join(' ');
}
function outputsOf({ measurements, rolledBack }, before, after) {
    const deploy = measurements.find(({ name }) => name === 'deploy');
    return {
        revision: after.findLast(({ status }) => status === 'deployed')?.revision ?? '',
        'previous-revision': (0,helm_history/* lastGood */.mC)(before)?.revision ?? '',
        'first-install': before.length === 0,
        'rolled-back': rolledBack,
        ...(deploy && { 'deploy-seconds': deploy.value }),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/actions/release-tools.js + 3 modules
var release_tools = __webpack_require__(8991);
// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
// EXTERNAL MODULE: ./build/bundle/js/actions/trust.js + 4 modules
var trust = __webpack_require__(6315);
;// CONCATENATED MODULE: ./build/bundle/js/actions/helm-release.js



















const helm_release_inputs = {
    command: (0,inputs/* choice */.Yq)(['upgrade', 'rollback'])({
        default: 'upgrade',
        doc: 'Release the image, or go back to the last good revision before the one that is deployed.',
    }),
    image: (0,inputs/* image */.Sl)({ doc: 'The image to release; with `rollback` the one to get rid of.' }),
    stage: (0,inputs/* stageName */.CT)({ doc: 'Stage that the image enters; also the environment of the GitHub deployment.' }),
    chart: (0,inputs/* path */.Ae)({ default: 'chart', doc: 'Folder of the Helm chart, or the packaged chart.' }),
    release: (0,inputs/* resourceName */.Iy)({ doc: 'Name of the Helm release.' }),
    namespace: (0,inputs/* resourceName */.Iy)({ default: 'default', doc: 'Namespace of the release; it must exist.' }),
    values: (0,inputs/* paths */.f0)({ optional: true, doc: 'Values files of the chart; a later one wins, and the image wins over all.' }),
    track: (0,inputs/* choice */.Yq)(['stable', 'canary'])({
        default: 'stable',
        doc: 'Where the image goes: `stable` sets `image` and ends a canary, `canary` sets `canary.image` beside what serves.',
    }),
    promotion: (0,inputs/* choice */.Yq)(['enforce', 'off'])({
        default: 'enforce',
        doc: 'Hold the image against the promotion policy of the stage first. `off` is shown in summary and evidence.',
    }),
    'promotion-policy': (0,definition_document/* document */.A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(597)]).then(__webpack_require__.bind(__webpack_require__, 5597))).promotionPolicySchema)({
        default: 'built-in:policies/promotion.yaml',
        doc: 'What each stage requires (`schemas/promotion.json`).',
    }),
    kubeconfig: (0,inputs/* secret */.rJ)({
        optional: true,
        doc: 'Content of a kubeconfig. Without it `KUBECONFIG` counts, as a login step of a cloud leaves it.',
    }),
    timeout: (0,inputs/* duration */.p0)({ default: '240s', doc: 'How long the release may take to become ready.' }),
    'rollback-timeout': (0,inputs/* duration */.p0)({
        default: '110s',
        doc: 'How long it may take to go back when the release fails.',
    }),
    'github-token': (0,inputs/* secret */.rJ)({
        default: '${{ github.token }}',
        doc: 'Token that records the deployment on GitHub.',
    }),
    'environment-url': (0,inputs/* url */.OZ)({ optional: true, doc: 'Where the service answers; GitHub links it.' }),
    ...registry/* registryInputs */.P4,
    ...trust/* trustInputs */.Av,
    'helm-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'A Helm 4 that is already on the runner, in place of the pinned one.' }),
    'kubectl-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'The same for kubectl.' }),
};
const helmRelease = (0,definition_define/* defineAction */.Q)({
    name: 'helm-release',
    title: 'Release',
    description: 'Release an image by digest with Helm, prove that its pods run, and take it back in time when they do not.',
    icon: 'anchor',
    inputs: helm_release_inputs,
    outputs: {
        track: 'Track that the image went to: `stable` also for a canary that has nothing to stand beside.',
        revision: 'Revision of the release that is deployed now; empty when there is none.',
        'previous-revision': 'Revision that was deployed before; empty when there was none.',
        'first-install': '`true` when the release did not exist before.',
        'rolled-back': '`true` when an earlier revision was seen to run again.',
        'deploy-seconds': 'Seconds from the start of the upgrade until its pods were seen to run, or it had failed.',
    },
    permissions: [
        { scope: 'contents', access: 'read', why: 'to check out chart, values and policy' },
        { scope: 'deployments', access: 'write', why: 'to record the deployment and its states' },
        { scope: 'packages', access: 'read', why: 'to read the evidence of the image from ghcr.io' },
    ],
    async run({ inputs: given, context }) {
        return given.command === 'rollback' ? rollBack(given, context) : upgrade(given, context);
    },
    async post({ inputs: given, context }) {
        const { state, files, log } = context;
        if (state.kubeconfig)
            await files.remove(state.kubeconfig);
        if (state.finished === 'true')
            return;
        if (state.before) {
            log.warning('The run was cut off while it changed the release.');
            const unfinished = { before: Number(state.before), target: Number(state.target) };
            const budget = given['rollback-timeout'];
            const done = await (0,release_tools/* withReleaseTools */.g)(given, context, (tools) => (0,recover/* recover */.l)(unfinished, tools, budget));
            for (const sentence of done)
                log.warning(sentence);
        }
        if (state.deployment) {
            const api = await context.forge(given['github-token']);
            await api.setDeploymentState(Number(state.deployment), 'error', 'The run was cut off before its end.');
        }
    },
});
async function upgrade(given, context) {
    const draft = await promotionDraft(given, context);
    if ((0,report_report/* decide */.L)(draft.findings) !== 'pass')
        return (0,report_report/* conclude */.E)(draft);
    return (0,release_tools/* withReleaseTools */.g)(given, context, async (tools) => {
        const planned = await (0,plan/* planUpgrade */.Kp)(wantedBy(given, context), tools);
        if ('findings' in planned)
            return refused(draft, planned.findings, tools);
        const { release, history, track } = planned.plan;
        const attempt = await begin(given, context, tools, { history, target: (0,helm_history/* lastGood */.mC)(history), release, track });
        const budgets = { upgrade: given.timeout, rollback: given['rollback-timeout'] };
        const outcome = await carryOut(planned.plan, budgets, tools);
        const pods = `${(0,report_text/* count */.U9)(outcome.pods, 'pod')} of revision ${release.revision}`;
        const passed = `${given.image.text} runs in ${given.stage}: ${pods}.`;
        const findings = [...draft.findings, ...(track === given.track ? [] : [noBaseline(given)])];
        return attempt.end({ ...draft, findings, passed, properties: propertiesOf(track, given.stage) }, outcome);
    });
}
function noBaseline({ release }) {
    return { rule: rules/* helmRules */.C.noBaseline, message: `${release} has no version that serves; the image serves at once.` };
}
async function rollBack(given, context) {
    const draft = {
        examined: { count: 0, what: 'pod of the release' },
        findings: [],
        passed: '',
        subjects: (0,subjects/* subjectsOf */.Z)(given.image, context),
        subjectsFail: true,
    };
    return (0,release_tools/* withReleaseTools */.g)(given, context, async (tools) => {
        const planned = await (0,plan/* planRollback */.II)(tools);
        if ('findings' in planned)
            return refused(draft, planned.findings, tools);
        const { target } = planned.plan;
        const attempt = await begin(given, context, tools, planned.plan);
        const outcome = await (0,take_back/* takeBack */.z)(target, [], tools, given['rollback-timeout']);
        const runs = `Revision ${target.revision} runs again in ${given.stage}: ${(0,report_text/* count */.U9)(outcome.pods, 'pod')}.`;
        const passed = `${runs} The evidence says fail of ${given.image.text}.`;
        return attempt.end({ ...draft, passed }, outcome);
    });
}
function refused(draft, findings, { programs }) {
    return (0,report_report/* conclude */.E)({ ...draft, programs, findings: [...draft.findings, ...findings] });
}
async function promotionDraft(given, context) {
    const draft = {
        examined: { count: 0, what: 'pod that starts the image' },
        passed: '',
        subjects: (0,subjects/* subjectsOf */.Z)(given.image, context),
    };
    if (given.promotion === 'off') {
        const message = `${given.image.text} was not held against the policy of ${given.stage}.`;
        return { ...draft, findings: [{ rule: rules/* helmRules */.C.promotionOff, message }] };
    }
    const { promote } = await __webpack_require__.e(/* import() */ 23).then(__webpack_require__.bind(__webpack_require__, 3023));
    const question = { ...given, policy: given['promotion-policy'] };
    const { verdict, findings, table, policy, summary } = await promote(question, context);
    return {
        ...draft,
        findings: [...findings, ...(verdict === 'pass' ? [] : [refusal(verdict, given)])],
        sections: [table],
        policy,
        predicates: [summary],
    };
}
function refusal(verdict, { image: { text: name }, stage }) {
    return verdict === 'fail'
        ? { rule: rules/* helmRules */.C.promotionRefused, message: `${name} may not enter ${stage}.` }
        : { rule: rules/* helmRules */.C.promotionUndecided, message: `Whether ${name} may enter ${stage} could not be decided.` };
}
function wantedBy(given, { files, temp }) {
    const { registry, repository, digest } = given.image;
    const image = { name: `${registry}/${repository}`, digest };
    const chartFor = async (track) => {
        const file = (0,external_node_path_.join)(temp, 'values.json');
        await files.write(file, JSON.stringify((0,values/* trackValues */.i)(track, image)));
        return { path: given.chart, values: [...(given.values ?? []), file] };
    };
    return { image, track: given.track, chartFor };
}
function propertiesOf(track, stage) {
    return track === 'stable' ? [(0,evidence/* propertyOf */.$r)(`deployed-${stage}`)] : [];
}


/***/ }),

/***/ 6315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bZ: () => (/* binding */ outsideFinding),
  kP: () => (/* binding */ servicesFor),
  fv: () => (/* binding */ signingToken),
  Qz: () => (/* binding */ trustFor),
  Av: () => (/* binding */ trustInputs)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/registry/errors.js
var errors = __webpack_require__(8442);
// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/registry/rules.js

const reference = 'https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md';
const registryRules = (0,rule/* defineRules */.x)({
    unreachable: {
        id: 'registry/unreachable',
        title: 'The registry did not answer',
        why: 'What could not be read is unknown. An outage is not the same as no evidence, and neither is a pass.',
        fix: 'Run the job again when the registry answers. The number behind the address is its last answer.',
        outcome: 'inconclusive',
    },
    refused: {
        id: 'registry/refused',
        title: 'The registry refused the request',
        why: 'Without the right to read or to push, nothing can be checked or attached.',
        fix: 'Log in before this step (docker/login-action), or give `registry-username` and `registry-password`. To push to ghcr.io the job needs `packages: write`.',
        outcome: 'inconclusive',
    },
    missing: {
        id: 'registry/missing',
        title: 'The registry does not have the image',
        why: 'Nothing can be said about an image that is not there, and an attestation of it would speak of nothing.',
        fix: 'Push the image first, and give the digest that the push printed.',
        outcome: 'fail',
    },
    invalid: {
        id: 'registry/invalid-answer',
        title: 'The registry gave something other than what was asked for',
        why: 'Bytes that do not have the digest they were asked by were altered or mixed up on the way.',
        fix: 'Compare the digest with another client. If it is right there, look at proxies and mirrors between here and the registry.',
        outcome: 'fail',
        reference,
    },
    lost: {
        id: 'registry/attachment-lost',
        title: 'What was attached cannot be found at the image',
        why: 'Evidence that nobody finds protects nobody: the deployment that needs it will be refused.',
        fix: 'Run the job again; other jobs were probably writing to the same image.',
        outcome: 'inconclusive',
        reference: `${reference}#listing-referrers`,
    },
});
const ruleOf = registryRules;
function registryFinding(error, resource) {
    return { rule: ruleOf[error.problem], message: error.message, place: { resource } };
}

// EXTERNAL MODULE: ./build/bundle/js/signing/errors.js
var signing_errors = __webpack_require__(410);
// EXTERNAL MODULE: ./build/bundle/js/signing/rules.js
var rules = __webpack_require__(8298);
;// CONCATENATED MODULE: ./build/bundle/js/signing/services.js

const publicGood = {
    fulcio: 'https://fulcio.sigstore.dev',
    rekor: 'https://rekor.sigstore.dev',
    isPublic: true,
};
const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
function servicesOf(json, now) {
    const config = parse(json);
    if (config.mediaType !== mediaType)
        throw new signing_errors/* UnusableFile */._U(`its mediaType is not ${mediaType}`);
    const fulcio = newest(config.caUrls, now, 'caUrls');
    const rekor = newest(config.rekorTlogUrls, now, 'rekorTlogUrls');
    const timestamp = newest(config.tsaUrls, now, 'tsaUrls');
    checkSelector(config.rekorTlogConfig, 'rekorTlogConfig');
    checkSelector(config.tsaConfig, 'tsaConfig');
    if (fulcio === undefined)
        throw new signing_errors/* UnusableFile */._U('it has no certificate authority (caUrls) that is valid now');
    if (rekor === undefined)
        throw new signing_errors/* UnusableFile */._U('it has no log (rekorTlogUrls) with version 1 of the API that is valid now');
    return {
        fulcio,
        rekor,
        ...(timestamp !== undefined && { timestamp }),
        isPublic: new URL(rekor).hostname.endsWith('.sigstore.dev'),
    };
}
function newest(services, now, where) {
    if (services === undefined)
        return undefined;
    if (!Array.isArray(services))
        throw new signing_errors/* UnusableFile */._U(`${where} is no list`);
    return services
        .map((service) => readService(service, where))
        .filter(({ majorApiVersion, start, end }) => majorApiVersion === 1 && start <= now.getTime() && now.getTime() <= end)
        .sort((a, b) => b.start - a.start)[0]?.url;
}
function readService(value, where) {
    const { url, majorApiVersion, validFor } = (value ?? {});
    const { start, end } = (validFor ?? {});
    if (typeof url !== 'string' || !isHttp(url))
        throw new signing_errors/* UnusableFile */._U(`a url in ${where} is no http address`);
    const time = (text, otherwise) => (typeof text === 'string' ? Date.parse(text) : otherwise);
    return {
        url: url.replace(/\/$/, ''),
        majorApiVersion: Number(majorApiVersion),
        start: time(start, -Infinity),
        end: time(end, Infinity),
    };
}
function checkSelector(value, where) {
    if (value === undefined)
        return;
    const { selector, count = 1 } = value;
    if (selector === 'ANY' || (selector === 'EXACT' && count === 1))
        return;
    throw new signing_errors/* UnusableFile */._U(`${where} demands more than one service`);
}
function isHttp(url) {
    return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}
function parse(json) {
    let content;
    try {
        content = JSON.parse(json);
    }
    catch {
        throw new signing_errors/* UnusableFile */._U('it is not JSON');
    }
    return (content ?? {});
}

;// CONCATENATED MODULE: ./build/bundle/js/signing/identity.js
const extensionNumbers = {
    buildSignerUri: 9,
    buildSignerDigest: 10,
    runnerEnvironment: 11,
    sourceRepositoryUri: 12,
    sourceRepositoryDigest: 13,
    sourceRepositoryRef: 14,
    sourceRepositoryId: 15,
    sourceRepositoryOwnerUri: 16,
    sourceRepositoryOwnerId: 17,
    buildConfigUri: 18,
    buildConfigDigest: 19,
    buildTrigger: 20,
    runInvocationUri: 21,
    sourceRepositoryVisibility: 22,
    deploymentEnvironment: 23,
};
const issuerNumber = 8;
const fulcioArc = '1.3.6.1.4.1.57264.1';
function identityOf(name, extensions) {
    const values = new Map(extensions.map(({ oid, value }) => [oid?.id.join('.'), value]));
    const read = (number) => {
        const value = values.get(`${fulcioArc}.${number}`);
        return value === undefined ? undefined : utf8String(value);
    };
    const issuer = read(issuerNumber);
    if (name === undefined || issuer === undefined)
        return undefined;
    const named = Object.entries(extensionNumbers).flatMap(([key, number]) => {
        const value = read(number);
        return value === undefined ? [] : [[key, value]];
    });
    return { issuer, name, ...Object.fromEntries(named) };
}
function utf8String(der) {
    const [tag, first = 0] = der;
    if (tag !== 0x0c)
        return undefined;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = 2 + lengthBytes;
    const length = lengthBytes === 0 ? first : Number(`0x${Buffer.from(der.subarray(2, start)).toString('hex')}`);
    if (der.length !== start + length)
        return undefined;
    return new TextDecoder().decode(der.subarray(start));
}

// EXTERNAL MODULE: ./build/bundle/js/signing/statement.js
var signing_statement = __webpack_require__(9300);
;// CONCATENATED MODULE: ./build/bundle/js/signing/verify.js



const bundleTypes = [
    'application/vnd.dev.sigstore.bundle.v0.3+json',
    'application/vnd.dev.sigstore.bundle+json;version=0.3',
];
const trustedRootType = 'application/vnd.dev.sigstore.trustedroot';
const refusals = {
    CERTIFICATE_ERROR: 'Its certificate was not issued by an authority of the trusted root, or not at the time of signing.',
    PUBLIC_KEY_ERROR: 'It was signed with a key, and no key is trusted.',
    SIGNATURE_ERROR: 'Its signature does not belong to its certificate and content.',
    TIMESTAMP_ERROR: 'No time that the trusted root vouches for belongs to it.',
    TLOG_BODY_ERROR: 'Its log entry is of another content or signature.',
    TLOG_ERROR: 'It is not in a log of the trusted root.',
    TLOG_INCLUSION_PROMISE_ERROR: 'The log of the trusted root did not sign its entry.',
    TLOG_INCLUSION_PROOF_ERROR: 'Its place in the log of the trusted root is not proved.',
    TLOG_MISSING_INCLUSION_ERROR: 'It is not in a log of the trusted root.',
};
async function verifierFor(trustedRoot) {
    const { TrustedRoot } = await __webpack_require__.e(/* import() */ 2).then(__webpack_require__.t.bind(__webpack_require__, 5002, 19));
    const { bundleFromJSON } = await Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(852)]).then(__webpack_require__.t.bind(__webpack_require__, 8852, 19));
    const { toSignedEntity, toTrustMaterial, Verifier } = await Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(265), __webpack_require__.e(391)]).then(__webpack_require__.t.bind(__webpack_require__, 7391, 19));
    let verifier;
    try {
        const root = TrustedRoot.fromJSON(JSON.parse(trustedRoot));
        if (!root.mediaType.startsWith(trustedRootType) || root.certificateAuthorities.length === 0) {
            throw new Error('the type is another, or there is no certificate authority');
        }
        verifier = new Verifier(toTrustMaterial(root), { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 });
    }
    catch (error) {
        throw new signing_errors/* UnusableFile */._U('it is no trusted root that trusts somebody', { cause: error });
    }
    return (bytes) => {
        const { entity, payload, logIndex } = opened(bytes, bundleFromJSON, toSignedEntity);
        const signer = refusing(() => verifier.verify(entity));
        const identity = identityOf(signer.identity?.subjectAlternativeName, signer.identity?.oids ?? []);
        if (identity === undefined)
            throw new signing_errors/* BundleRefused */.bC('Its certificate names no signer or no issuer.');
        const statement = (0,signing_statement/* readStatement */.cO)(payload);
        if (typeof statement === 'string')
            throw new signing_errors/* BundleRefused */.bC(statement);
        return { statement, payload, identity, signedAt: trustedTime(entity), logIndex };
    };
}
function opened(bytes, bundleFromJSON, toSignedEntity) {
    let bundle;
    let entity;
    try {
        bundle = bundleFromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
        entity = toSignedEntity(bundle);
    }
    catch (error) {
        throw new signing_errors/* BundleRefused */.bC('It is no complete Sigstore bundle.', { cause: error });
    }
    if (!bundleTypes.includes(bundle.mediaType))
        throw new signing_errors/* BundleRefused */.bC('It is no Sigstore bundle of version 0.3.');
    if (bundle.content.$case !== 'dsseEnvelope')
        throw new signing_errors/* BundleRefused */.bC('It signs bytes, not a statement.');
    const { dsseEnvelope: envelope } = bundle.content;
    if (envelope.payloadType !== signing_statement/* payloadType */.h)
        throw new signing_errors/* BundleRefused */.bC('It signs something other than a statement.');
    const logIndex = bundle.verificationMaterial.tlogEntries[0]?.logIndex;
    if (logIndex === undefined)
        throw new signing_errors/* BundleRefused */.bC('It is in no log.');
    return { entity, payload: envelope.payload, logIndex };
}
function refusing(verify) {
    try {
        return verify();
    }
    catch (error) {
        const { code } = error;
        const reason = refusals[String(code)] ?? 'It is not well formed, or nothing vouches for its time.';
        throw new signing_errors/* BundleRefused */.bC(reason, { cause: error });
    }
}
function trustedTime({ timestamps }) {
    const times = timestamps.flatMap((timestamp) => {
        if (timestamp.$case === 'timestamp-authority')
            return [timestamp.timestamp.signingTime.getTime()];
        const { inclusionPromise, integratedTime } = timestamp.tlogEntry;
        return inclusionPromise === undefined ? [] : [Number(integratedTime) * 1000];
    });
    return new Date(Math.min(...times));
}

;// CONCATENATED MODULE: ./build/bundle/js/actions/trust.js








const maxFileBytes = 1024 * 1024;
const trustInputs = {
    'trusted-root': (0,inputs/* path */.Ae)({
        optional: true,
        doc: 'Trusted root (JSON) that says whose certificates and logs count. Without it the Sigstore public good instance.',
    }),
};
async function trustFor(given, context) {
    const path = given ?? context.local['trusted-root'] ?? context.packaged('policies/sigstore/trusted_root.json');
    return useFile('trusted-root', path, context, verifierFor);
}
async function servicesFor(given, context) {
    const path = given ?? context.local['signing-config'];
    if (path === undefined)
        return publicGood;
    return useFile('signing-config', path, context, (text) => servicesOf(text, context.clock.now()));
}
async function signingToken(context) {
    try {
        return await context.identityToken('sigstore');
    }
    catch (error) {
        if (error instanceof values/* UsageError */.eb)
            throw error;
        throw new signing_errors/* SigningError */.uJ(rules/* signingRules */.T.noToken, error instanceof Error ? error.message : String(error), error);
    }
}
async function useFile(input, path, { files }, make) {
    const unusable = (reason) => new values/* UsageError */.eb(`Input \`${input}\`: \`${path}\` cannot be used: ${reason}. Allowed: a JSON file of Sigstore.`);
    const text = await files.readText(path, maxFileBytes).catch((error) => {
        throw unusable(error instanceof Error ? error.message : String(error));
    });
    try {
        return await make(text);
    }
    catch (error) {
        throw error instanceof signing_errors/* UnusableFile */._U ? unusable(error.message) : error;
    }
}
function outsideFinding(error, resource) {
    if (error instanceof errors/* RegistryError */.g)
        return registryFinding(error, resource);
    if (error instanceof signing_errors/* SigningError */.uJ)
        return { rule: error.rule, message: error.message };
    throw error;
}


/***/ }),

/***/ 410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _U: () => (/* binding */ UnusableFile),
/* harmony export */   bC: () => (/* binding */ BundleRefused),
/* harmony export */   uJ: () => (/* binding */ SigningError)
/* harmony export */ });
class SigningError extends Error {
    name = 'SigningError';
    rule;
    constructor(rule, message, cause) {
        super(message, { cause });
        this.rule = rule;
    }
}
class UnusableFile extends Error {
    name = 'UnusableFile';
}
class BundleRefused extends Error {
    name = 'BundleRefused';
}


/***/ }),

/***/ 8298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ signingRules)
/* harmony export */ });
/* harmony import */ var _report_rule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60);

const signingRules = (0,_report_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .defineRules */ .x)({
    serviceUnreachable: {
        id: 'signing/service-unreachable',
        title: 'A signing service did not answer',
        why: 'Without the certificate authority and the log nothing can be signed, and nothing was.',
        fix: 'Run the job again when the service answers (status.sigstore.dev for the public ones), or give another `signing-config`.',
        outcome: 'inconclusive',
    },
    serviceRefused: {
        id: 'signing/service-refused',
        title: 'A signing service refused the request',
        why: 'Nothing was signed.',
        fix: 'For the certificate authority: the token must come from an issuer that it trusts, and be fresh. For the log: the attestation may be too large.',
        outcome: 'inconclusive',
    },
    noToken: {
        id: 'signing/no-token',
        title: 'The runner gave no identity token',
        why: 'Without a token the certificate authority does not know which workflow asks, and nothing was signed.',
        fix: 'Run the job again; the token service of the forge did not answer as it should.',
        outcome: 'inconclusive',
    },
    tokenUnreadable: {
        id: 'signing/token-unreadable',
        title: 'The identity token is not one of a GitHub workflow',
        why: 'Without its claims nobody can say which identity the signature must have, so it could not be checked.',
        fix: 'Run the step in a GitHub workflow job with `id-token: write`.',
        outcome: 'inconclusive',
        reference: 'https://docs.github.com/en/actions/reference/security/oidc',
    },
    publicLog: {
        id: 'signing/public-log',
        title: 'The repository is not public, but the log is',
        why: 'The public log keeps the names of repository, owner and workflow for ever, readable by everyone.',
        fix: 'Give a `signing-config` of your own services, or `allow-public-log: true` if these names may be known.',
        outcome: 'fail',
    },
    selfCheckFailed: {
        id: 'signing/self-check-failed',
        title: 'What was signed does not verify',
        why: 'Those who must trust the signature would refuse it, or it is in another name than this run.',
        fix: 'Check that `trusted-root` belongs to the services of `signing-config`. Nothing was attached.',
        outcome: 'fail',
    },
});


/***/ }),

/***/ 9300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _D: () => (/* binding */ signaturePredicateType),
/* harmony export */   cO: () => (/* binding */ readStatement),
/* harmony export */   h: () => (/* binding */ payloadType)
/* harmony export */ });
/* harmony import */ var _report_evidence_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9871);

const payloadType = 'application/vnd.in-toto+json';
const signaturePredicateType = 'https://sigstore.dev/cosign/sign/v1';
const statementTypes = [_report_evidence_js__WEBPACK_IMPORTED_MODULE_0__/* .statementType */ .qB, 'https://in-toto.io/Statement/v0.1'];
function readStatement(bytes) {
    let content;
    try {
        content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        return 'It is not JSON.';
    }
    const { _type, subject, predicateType, predicate } = (content ?? {});
    if (!statementTypes.includes(_type))
        return 'It is no in-toto statement: its `_type` is another.';
    if (typeof predicateType !== 'string' || !URL.canParse(predicateType))
        return 'Its `predicateType` is no URI.';
    if (!Array.isArray(subject) || subject.length === 0)
        return 'It has no subject.';
    const subjects = subject.map(readSubject);
    if (!subjects.every((item) => item !== undefined))
        return 'A subject of it has no digest.';
    return { subjects, predicateType, predicate };
}
function readSubject(value) {
    const { name, digest } = (value ?? {});
    if (typeof digest !== 'object' || digest === null)
        return undefined;
    const entries = Object.entries(digest);
    const isValid = entries.length > 0 && entries.every(([, hex]) => typeof hex === 'string' && hex !== '');
    return isValid ? { name: typeof name === 'string' ? name : '', digest: digest } : undefined;
}


/***/ })

};
