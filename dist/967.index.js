export const id = 967;
export const ids = [967];
export const modules = {

/***/ 7967:
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
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
;// CONCATENATED MODULE: ./build/bundle/js/helm/history.js

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
    const current = lastGood(history);
    if (current === undefined)
        return undefined;
    const origin = originOf(current, history);
    return sinceUninstall(history).findLast(({ revision, status }) => revision < origin && good.includes(status));
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
            (0,report_text/* cut */.Jj)(description, 200),
        ]),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/kubernetes/workload.js
var kubernetes_workload = __webpack_require__(2753);
// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/helm/rules.js

const waitReference = 'https://helm.sh/docs/helm/helm_upgrade/';
const debugReference = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/';
const helmRules = (0,rule/* defineRules */.x)({
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
    deploymentNotRecorded: {
        id: 'helm/deployment-not-recorded',
        title: 'GitHub does not show this deployment, or not its state',
        why: 'The release itself is not affected. The history of deployments on GitHub has a gap.',
        fix: 'Give the job `deployments: write`; else see what GitHub answered.',
        outcome: 'warning',
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/helm/problem.js


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
    return (0,report_text/* cut */.Jj)(error.trim(), maxMessage);
}
function helmFinding({ reason, message }, otherwise) {
    const rule = {
        unreachable: helmRules.clusterUnreachable,
        denied: helmRules.accessDenied,
        locked: helmRules.releaseLocked,
        cancelled: helmRules.cancelled,
        timeout: otherwise,
        'not-found': otherwise,
        failed: otherwise,
    }[reason];
    return { rule, message: `Helm says: ${message}` };
}
function kubectlFinding({ reason, message }) {
    const denied = reason === 'forbidden' || reason === 'unauthorized';
    return { rule: denied ? helmRules.accessDenied : helmRules.clusterUnreachable, message: `kubectl says: ${message}` };
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/rendered.js
function unpinned(containers) {
    return containers.filter(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image));
}
function isImage(reference, image) {
    return reference.replace(/(?::[\w][\w.-]{0,127})?@/, '@') === `${image.name}@${image.digest}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/plan.js






async function planUpgrade({ image, track: wanted, chartFor }, { helm, namespace }) {
    const free = await freeRelease(helm);
    if ('findings' in free)
        return free;
    const track = lastGood(free.history) === undefined ? 'stable' : wanted;
    const chart = await chartFor(track);
    const release = await helm.render(chart);
    if ('problem' in release)
        return { findings: [helmFinding(release.problem, helmRules.chartInvalid)] };
    const { rendered } = release.value;
    const findings = [...imageFindings(rendered, image), ...namespaceFindings(rendered, namespace)];
    if (findings.length > 0)
        return { findings };
    return { plan: { chart, image, track, history: free.history, release: release.value } };
}
async function freeRelease(helm) {
    const history = await helm.history();
    if ('problem' in history)
        return { findings: [helmFinding(history.problem, helmRules.clusterUnreachable)] };
    const lock = lockOf(history.value);
    if (lock === undefined)
        return { history: history.value };
    const message = `Revision ${lock.revision} is \`${lock.status}\` since ${lock.updated}.`;
    return { findings: [{ rule: helmRules.releaseLocked, message }] };
}
function imageFindings({ containers, workloads }, image) {
    const findings = unpinned(containers).map(({ resource, name, image: given }) => ({
        rule: helmRules.imageNotPinned,
        message: `Container ${name} starts ${given === '' ? 'an image without a name' : given}.`,
        place: { resource },
    }));
    const started = workloads.flatMap((workload) => workload.containers);
    if (!started.some((container) => isImage(container.image, image))) {
        const message = `No Deployment, StatefulSet or DaemonSet of the chart starts ${image.name}@${image.digest}.`;
        findings.push({ rule: helmRules.imageNotUsed, message });
    }
    return findings;
}
function namespaceFindings({ workloads }, own) {
    return workloads
        .filter(({ namespace }) => namespace !== '' && namespace !== own)
        .map((workload) => ({
        rule: helmRules.otherNamespace,
        message: `It is in namespace ${workload.namespace}, the release is in ${own}.`,
        place: { resource: (0,kubernetes_workload/* workloadName */.vO)(workload) },
    }));
}
async function planRollback({ helm }) {
    const free = await freeRelease(helm);
    if ('findings' in free)
        return free;
    const { history } = free;
    const target = goodBefore(history);
    if (target !== undefined)
        return { plan: { history, target } };
    const message = `None of the ${(0,report_text/* count */.U9)(history.length, 'known revision')} is an earlier good one.`;
    return { findings: [{ rule: helmRules.nothingToRollBackTo, message }] };
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/tools.js
function secondsSince(started, clock) {
    return Math.round((clock.now().getTime() - started.getTime()) / 100) / 10;
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/verify.js


const pollInterval = 500;
function verifyPods(wanted, rule, tools, within) {
    return settled((live) => compare(wanted, live, rule), tools, within);
}
function verifyGone(removed, rule, tools, within) {
    const left = (live) => removed
        .filter((one) => find(one, live) !== undefined)
        .map((one) => ({ rule, message: 'The workload is still there.', place: { resource: (0,kubernetes_workload/* workloadName */.vO)(one) } }));
    return settled((live) => ({ findings: left(live), pods: [], table: podTable([]) }), tools, within);
}
async function settled(judge, { kubectl, clock, signal }, within) {
    const deadline = clock.now().getTime() + within;
    for (;;) {
        const result = await (0,kubernetes_workload/* readWorkloads */.F0)(kubectl);
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
    const place = { resource: (0,kubernetes_workload/* workloadName */.vO)(wanted) };
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
    return (0,kubernetes_workload/* isReady */.i_)(pod) && strangers(pod, containers).length === 0;
}
function podRow(workload, pod) {
    const images = (pod.spec?.containers ?? []).map(({ image }) => image).join(', ');
    return [pod.metadata.name, (0,kubernetes_workload/* workloadName */.vO)(workload), (0,kubernetes_workload/* isReady */.i_)(pod) ? 'yes' : 'no', images];
}
function podTable(rows) {
    return { title: 'Pods', columns: ['Pod', 'Workload', 'Ready', 'Images'], rows: rows.slice(0, 50) };
}
function unreadable(problem) {
    return { findings: [kubectlFinding(problem)], pods: [], table: podTable([]) };
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/take-back.js





const leastForVerification = 5000;
async function takeBack(target, installed, tools, budget, since = tools.clock.now()) {
    const { helm, clock } = tools;
    const started = clock.now().getTime();
    const ended = (findings, seen) => ({
        findings,
        measurements: [{ name: 'rollback', value: secondsSince(since, clock), unit: 's', limit: { atMost: 120 } }],
        sections: seen && seen.pods.length > 0 ? [{ ...seen.table, title: 'Pods after the rollback' }] : [],
        pods: seen?.pods.length ?? 0,
        rolledBack: findings.every(({ rule }) => rule === helmRules.rolledBack),
    });
    const verified = (seen, message) => ended(seen.findings.length > 0 ? seen.findings : [{ rule: helmRules.rolledBack, message }], seen);
    const forHelm = Math.max(budget - leastForVerification, 1000);
    const done = await (target === undefined ? helm.uninstall(forHelm) : helm.rollback(target.revision, forHelm));
    if ('problem' in done) {
        const { reason, message } = done.problem;
        const rule = reason === 'cancelled' ? helmRules.cancelled : helmRules.rollbackFailed;
        return ended([{ rule, message: `Helm says: ${message}` }]);
    }
    const left = Math.max(budget - (clock.now().getTime() - started), leastForVerification);
    if (target === undefined) {
        const gone = await verifyGone(installed, helmRules.rollbackFailed, tools, left);
        return verified(gone, 'The first install was removed; no workload of it is left.');
    }
    const wanted = await helm.rendered(target.revision);
    if ('problem' in wanted)
        return ended([helmFinding(wanted.problem, helmRules.rollbackFailed)]);
    const seen = await verifyPods(wanted.value.workloads, helmRules.rollbackFailed, tools, left);
    return verified(seen, `Revision ${target.revision} runs again: ${(0,report_text/* count */.U9)(seen.pods.length, 'pod')} with its images.`);
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/recover.js

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
    const { findings } = await takeBack(revision, [], tools, budget);
    return [found, ...findings.map(({ message }) => message)];
}

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

;// CONCATENATED MODULE: ./build/bundle/js/helm/diagnosis.js





const maxEvents = 15;
const diagnosis_maxMessage = 500;
const ruleOf = {
    'out-of-memory': helmRules.outOfMemory,
    'crash-loop': helmRules.crashLoop,
    'image-pull': helmRules.imagePull,
    'container-config': helmRules.containerConfig,
    unschedulable: helmRules.unschedulable,
    'pods-not-created': helmRules.podsNotCreated,
    'never-ready': helmRules.neverReady,
};
async function diagnose(wanted, kubectl) {
    const result = await (0,kubernetes_workload/* readWorkloads */.F0)(kubectl);
    if ('problem' in result)
        return { findings: [kubectlFinding(result.problem)], sections: [] };
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
    return { rule: ruleOf[kind], message: `${who}: ${(0,report_text/* cut */.Jj)(message, diagnosis_maxMessage)}${more}`, place: { resource: workload } };
}
function eventTable(events) {
    return {
        title: 'Last warnings of Kubernetes',
        columns: ['Time', 'Object', 'Reason', 'Message'],
        rows: events.map((event) => [
            (0,kubernetes_workload/* timeOf */.nR)(event),
            `${(event.involvedObject?.kind ?? '').toLowerCase()}/${event.involvedObject?.name ?? ''}`,
            event.reason ?? '',
            (0,report_text/* cut */.Jj)(event.message ?? '', diagnosis_maxMessage),
        ]),
    };
}

;// CONCATENATED MODULE: ./build/bundle/js/helm/upgrade.js








const verificationTime = 15_000;
async function carryOut(plan, budgets, tools) {
    const started = tools.clock.now();
    const applied = await tools.helm.upgrade(plan.chart, budgets.upgrade);
    if ('problem' in applied) {
        const ended = ending(started, tools);
        if (applied.problem.reason === 'cancelled' || applied.problem.reason === 'locked')
            return { ...ended, findings: [problemFinding(applied.problem, budgets)] };
        return unwind(plan, { ...ended, findings: [problemFinding(applied.problem, budgets)] }, budgets, tools);
    }
    const { workloads } = applied.value.rendered;
    const seen = await verifyPods(workloads, helmRules.digestNotRunning, tools, verificationTime);
    const pods = seen.pods.filter(({ spec }) => spec?.containers?.some(({ image = '' }) => isImage(image, plan.image)));
    const ended = { ...ending(started, tools), findings: seen.findings, pods: pods.length, sections: [seen.table] };
    if (tools.signal.aborted)
        return { ...ended, findings: [cancelledFinding] };
    const wrong = seen.findings.some(({ rule }) => rule === helmRules.digestNotRunning);
    return wrong ? unwind(plan, ended, budgets, tools) : ended;
}
function ending(started, { clock }) {
    const deploy = { name: 'deploy', value: secondsSince(started, clock), unit: 's', limit: { atMost: 300 } };
    return { findings: [], measurements: [deploy], sections: [], pods: 0, rolledBack: false };
}
const cancelledFinding = {
    rule: helmRules.cancelled,
    message: 'The step was cancelled before the pods were looked at.',
};
function problemFinding(problem, { upgrade }) {
    if (problem.reason !== 'timeout')
        return helmFinding(problem, helmRules.upgradeFailed);
    const message = `It was not ready within ${upgrade / 1000} s. ${helmFinding(problem, helmRules.upgradeTimeout).message}`;
    return { rule: helmRules.upgradeTimeout, message };
}
async function unwind(plan, failed, { rollback }, tools) {
    const started = tools.clock.now();
    const { workloads } = plan.release.rendered;
    const { findings, sections } = await diagnose(workloads, tools.kubectl);
    const told = { ...failed, findings: [...findings, ...failed.findings], sections: [...failed.sections, ...sections] };
    if (await unchanged(plan, tools))
        return told;
    const back = await takeBack(lastGood(plan.history), workloads, tools, rollback, started);
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

;// CONCATENATED MODULE: ./build/bundle/js/helm/values.js
function trackValues(track, { name, digest }) {
    const image = { repository: name, digest };
    return track === 'canary' ? { canary: { enabled: true, image } } : { image, canary: { enabled: false } };
}

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
            findings.push({ rule: helmRules.deploymentNotRecorded, message: error.message });
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
                sections: [...(draft.sections ?? []), ...outcome.sections, ...(known.length > 0 ? [revisionTable(known)] : [])],
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
        'previous-revision': lastGood(before)?.revision ?? '',
        'first-install': before.length === 0,
        'rolled-back': rolledBack,
        ...(deploy && { 'deploy-seconds': deploy.value }),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
;// CONCATENATED MODULE: ./build/bundle/js/helm/helm.js


const askTimeout = 30_000;
const grace = 5000;
const applying = ['--server-side=true', '--force-conflicts', '--wait=watcher'];
const upgrading = ['upgrade', '--install', '--reset-then-reuse-values', ...applying, '--output', 'json'];
function helm({ exec, program, environment, release, namespace, signal }) {
    const call = async (args, timeout) => {
        const ended = await exec(program, ['--namespace', namespace, ...args], { env: environment, timeout, signal });
        if (ended.code !== 0 || ended.timedOut)
            return { problem: helmProblem(ended, signal.aborted) };
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

// EXTERNAL MODULE: ./build/bundle/js/kubernetes/kubectl.js
var kubectl = __webpack_require__(2548);
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





async function withReleaseTools(inputs, context, work) {
    const { exec, clock, signal, saveState } = context;
    const programs = [
        await context.program('helm', inputs['helm-path']),
        await context.program('kubectl', inputs['kubectl-path']),
    ];
    const access = await accessCluster(inputs.kubeconfig, context);
    try {
        saveState('kubeconfig', access.kubeconfig ?? '');
        const { release, namespace } = inputs;
        const { environment } = access;
        const [helmProgram, kubectlProgram] = programs;
        const released = helm({ exec, program: helmProgram.path, environment, release, namespace, signal });
        const version = await released.version();
        if (!version.startsWith('v4.'))
            throw new values/* UsageError */.eb(`Input \`helm-path\`: it is Helm ${version}. Allowed: a Helm of version 4.`);
        return await work({
            helm: released,
            kubectl: (0,kubectl/* kubectl */.L)({ exec, program: kubectlProgram.path, environment, namespace }),
            namespace,
            clock,
            signal,
            programs: programs.map(actions_programs/* programUsed */.q),
        });
    }
    finally {
        await access.close();
    }
}

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
            const done = await withReleaseTools(given, context, (tools) => recover(unfinished, tools, budget));
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
    return withReleaseTools(given, context, async (tools) => {
        const planned = await planUpgrade(wantedBy(given, context), tools);
        if ('findings' in planned)
            return refused(draft, planned.findings, tools);
        const { release, history, track } = planned.plan;
        const attempt = await begin(given, context, tools, { history, target: lastGood(history), release, track });
        const budgets = { upgrade: given.timeout, rollback: given['rollback-timeout'] };
        const outcome = await carryOut(planned.plan, budgets, tools);
        const pods = `${(0,report_text/* count */.U9)(outcome.pods, 'pod')} of revision ${release.revision}`;
        const passed = `${given.image.text} runs in ${given.stage}: ${pods}.`;
        const findings = [...draft.findings, ...(track === given.track ? [] : [noBaseline(given)])];
        return attempt.end({ ...draft, findings, passed, properties: propertiesOf(track, given.stage) }, outcome);
    });
}
function noBaseline({ release }) {
    return { rule: helmRules.noBaseline, message: `${release} has no version that serves; the image serves at once.` };
}
async function rollBack(given, context) {
    const draft = { examined: { count: 0, what: 'pod of the release' }, findings: [], passed: '' };
    return withReleaseTools(given, context, async (tools) => {
        const planned = await planRollback(tools);
        if ('findings' in planned)
            return refused(draft, planned.findings, tools);
        const { target } = planned.plan;
        const attempt = await begin(given, context, tools, planned.plan);
        const outcome = await takeBack(target, [], tools, given['rollback-timeout']);
        const passed = `Revision ${target.revision} runs again in ${given.stage}: ${(0,report_text/* count */.U9)(outcome.pods, 'pod')}.`;
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
        return { ...draft, findings: [{ rule: helmRules.promotionOff, message }] };
    }
    const { promote } = await __webpack_require__.e(/* import() */ 96).then(__webpack_require__.bind(__webpack_require__, 3096));
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
        ? { rule: helmRules.promotionRefused, message: `${name} may not enter ${stage}.` }
        : { rule: helmRules.promotionUndecided, message: `Whether ${name} may enter ${stage} could not be decided.` };
}
function wantedBy(given, { files, temp }) {
    const { registry, repository, digest } = given.image;
    const image = { name: `${registry}/${repository}`, digest };
    const chartFor = async (track) => {
        const file = (0,external_node_path_.join)(temp, 'values.json');
        await files.write(file, JSON.stringify(trackValues(track, image)));
        return { path: given.chart, values: [...(given.values ?? []), file] };
    };
    return { image, track: given.track, chartFor };
}
function propertiesOf(track, stage) {
    return track === 'stable' ? [(0,evidence/* propertyOf */.$r)(`deployed-${stage}`)] : [];
}


/***/ }),

/***/ 7484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ programUsed)
/* harmony export */ });
function programUsed({ name, version, sha256, origin }) {
    return { name, version, sha256, origin };
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
            const { path: file, name } = locate((0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(given), scope);
            if ((await scope.files.kind(file)) !== 'file')
                throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7('there is no such file');
            const bytes = await scope.files.readBytes(file, maxDocumentBytes);
            const { parseChecked } = await Promise.all(/* import() */[__webpack_require__.e(129), __webpack_require__.e(881)]).then(__webpack_require__.bind(__webpack_require__, 1881));
            const checked = parseChecked(textOf(bytes), await schema());
            if ('problems' in checked) {
                const lines = checked.problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
                throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7(`the file is not valid:\n${lines.join('\n')}`);
            }
            return { value: checked.value, name, sha256: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex') };
        },
    });
}
async function documentDigest(given, scope) {
    const { path: file } = locate(given, scope);
    if ((await scope.files.kind(file)) !== 'file')
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .InputProblem */ .S7('there is no such file');
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(await scope.files.readBytes(file, maxDocumentBytes))
        .digest('hex');
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

/***/ 2548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ kubectl)
/* harmony export */ });
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1565);

const requestTimeout = '10s';
const callTimeout = 30_000;
const maxAnswerBytes = 16 * 1024 * 1024;
function kubectl({ exec, program, namespace, kubeconfig, environment }) {
    const call = async (...args) => {
        const all = [...args, '--namespace', namespace, '--output', 'json', '--request-timeout', requestTimeout];
        const env = { ...environment, ...(kubeconfig !== undefined && { KUBECONFIG: kubeconfig }) };
        try {
            return answerOf(await exec(program, all, { env, timeout: callTimeout, maxOutput: maxAnswerBytes }));
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
    const message = last === '' ? `kubectl ended with ${code ?? signal ?? 'no exit code'}` : (0,_report_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(last, 500);
    return { reason: reasons.find(([pattern]) => pattern.test(last))?.[1] ?? 'other', message };
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
