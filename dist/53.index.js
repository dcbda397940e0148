export const id = 53;
export const ids = [53];
export const modules = {

/***/ 8053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  canaryAnalyze: () => (/* binding */ canaryAnalyze)
});

// EXTERNAL MODULE: ./build/bundle/js/documents/duration.js
var duration = __webpack_require__(9534);
;// CONCATENATED MODULE: ./build/bundle/js/statistics/binomial.js
function logFactorial(n) {
    if (n < smallFactorials.length)
        return Math.log(smallFactorials[n] ?? 1);
    const inverse = 1 / n;
    const square = inverse * inverse;
    const correction = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
    return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + correction;
}
const smallFactorials = Array.from({ length: 20 }, (_, n) => Array.from({ length: n }, (_unused, index) => index + 1).reduce((product, factor) => product * factor, 1));
function binomialChance(k, n, p) {
    const waysLog = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    return Math.exp(waysLog + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
function binomialUpperTail(k, n, p) {
    if (k <= 0)
        return 1;
    if (k > n || p <= 0)
        return 0;
    if (p >= 1)
        return 1;
    const odds = p / (1 - p);
    if (k > n * p)
        return shrinkingSum(binomialChance(k, n, p), k, n, (i) => ((n - i) / (i + 1)) * odds);
    const below = k - 1;
    const lower = shrinkingSum(binomialChance(below, n, p), n - below, n, (i) => (n - i) / ((i + 1) * odds));
    return Math.max(0, 1 - lower);
}
function shrinkingSum(first, from, to, step) {
    let term = first;
    let sum = first;
    for (let i = from; i < to && term > sum * Number.EPSILON; i++) {
        term *= step(i);
        sum += term;
    }
    return Math.min(1, sum);
}
function poissonChance(k, mean) {
    return Math.exp(k * Math.log(mean) - mean - logFactorial(k));
}

;// CONCATENATED MODULE: ./build/bundle/js/statistics/two-counts.js

function pValueOfMoreBad(candidate, baseline) {
    const requests = candidate.requests + baseline.requests;
    if (requests === 0)
        return 1;
    return binomialUpperTail(candidate.bad, candidate.bad + baseline.bad, candidate.requests / requests);
}
function shareOfBad(share, ratio) {
    return (ratio * share) / (ratio * share + 1 - share);
}
function criticalCount(events, share, alpha, atLeast) {
    let count = atLeast;
    while (count <= events && binomialUpperTail(count, events, share) > alpha)
        count++;
    return count;
}
function power(candidate, baseline, effect, alpha) {
    const share = candidate / (candidate + baseline);
    const mean = effect.baselineErrors * (baseline + effect.ratio * candidate);
    const spread = 10 * Math.sqrt(mean) + 20;
    const badShare = shareOfBad(share, effect.ratio);
    let sum = 0;
    let critical = 0;
    for (let events = Math.max(0, Math.floor(mean - spread)); events <= mean + spread; events++) {
        critical = criticalCount(events, share, alpha, critical);
        sum += poissonChance(events, mean) * binomialUpperTail(critical, events, badShare);
    }
    return Math.min(1, sum);
}
function requestsNeeded(effect, share, alpha, wantedPower) {
    const baselineFor = (candidate) => Math.ceil((candidate * (1 - share)) / share);
    const suffices = (candidate) => power(candidate, baselineFor(candidate), effect, alpha) >= wantedPower;
    let enough = 1;
    while (!suffices(enough))
        enough *= 2;
    let tooFew = Math.floor(enough / 2);
    while (enough - tooFew > 1) {
        const middle = Math.floor((tooFew + enough) / 2);
        if (suffices(middle))
            enough = middle;
        else
            tooFew = middle;
    }
    return { candidate: enough, baseline: baselineFor(enough) };
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/plan.js


const spending = [
    { at: 1 / 8, share: 1 / 6 },
    { at: 1 / 4, share: 1 / 6 },
    { at: 1 / 2, share: 1 / 6 },
    { at: 1, share: 1 / 2 },
];
const objectiveShare = 0.1;
function planStages(policy) {
    const alpha = policy['false-alarm-rate'] / policy.stages.length;
    const looks = spending.map(({ at, share }) => ({
        at,
        comparisonAlpha: alpha * share * (1 - objectiveShare),
        objectiveAlpha: alpha * share * objectiveShare,
    }));
    const lastAlpha = looks.at(-1)?.comparisonAlpha ?? 0;
    const effect = { baselineErrors: policy['baseline-errors'], ratio: policy['detect-ratio'] };
    const plans = [];
    for (const stage of policy.stages) {
        const { weight } = stage;
        const before = plans.at(-1);
        const needed = weight === 100 && before !== undefined
            ? before.needed
            : requestsNeeded(effect, weight / 100, lastAlpha, policy.power);
        plans.push({ weight, maxDuration: (0,duration/* milliseconds */.Rz)(stage['max-duration']), needed, looks });
    }
    return plans;
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/summary.js
function stageTable(plans, stages) {
    return {
        title: 'Stages',
        columns: [
            'Weight',
            'Candidate',
            'needed',
            'bad',
            'Baseline',
            'needed',
            'bad',
            'p (baseline)',
            'p (objective)',
            'Result',
        ],
        rows: plans.map((plan, index) => {
            const stage = stages[index];
            const { needed } = plan;
            if (stage === undefined)
                return [`${plan.weight} %`, '', needed.candidate, '', '', needed.baseline, '', '', '', 'not begun'];
            const { candidate, baseline } = stage.counts;
            return [
                `${plan.weight} %`,
                ...[candidate.requests, needed.candidate, candidate.bad],
                ...[baseline.requests, needed.baseline, baseline.bad],
                chanceText(stage.look?.comparison),
                chanceText(stage.look?.objective),
                resultText(stage),
            ];
        }),
    };
}
function resultText({ look }) {
    if (look === undefined || look.verdict === 'harmless')
        return 'not finished';
    return look.verdict.replaceAll('-', ' ');
}
function chanceText(chance) {
    return chance === undefined ? '' : Number(chance.toPrecision(2)).toString();
}
function totals(stages) {
    const sum = (counts) => ({
        requests: counts.reduce((total, { requests }) => total + requests, 0),
        bad: counts.reduce((total, { bad }) => total + bad, 0),
    });
    return {
        candidate: sum(stages.map(({ counts }) => counts.candidate)),
        baseline: sum(stages.filter(({ plan }) => plan.weight < 100).map(({ counts }) => counts.baseline)),
    };
}
function stagesPassed(stages) {
    return stages.filter(({ look }) => look?.verdict === 'passed').length;
}
function canaryMeasurements(plans, stages, errorObjective) {
    const { candidate, baseline } = totals(stages);
    return [
        { name: 'stages passed', value: stagesPassed(stages), unit: 'stages', limit: { atLeast: plans.length } },
        ...badShare('bad requests of the candidate', candidate, { atMost: percentOf(errorObjective) }),
        ...badShare('bad requests of the baseline', baseline),
        { name: 'requests of the candidate', value: candidate.requests, unit: 'requests' },
    ];
}
function badShare(name, { requests, bad }, limit) {
    if (requests === 0)
        return [];
    return [{ name, value: percentOf(bad / requests), unit: '%', ...(limit && { limit }) }];
}
function percentOf(share) {
    return Number((share * 100).toFixed(4));
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/counter.js
const codePattern = /^(?:\d{1,3}|[1-5]xx)$/;
const goodPattern = /^[1-4](?:\d\d|xx)$/;
const clientGaveUp = '499';
class RequestCounter {
    #codeLabel;
    #last = new Map();
    #counting = false;
    #requests = 0;
    #bad = 0;
    constructor(codeLabel) {
        this.#codeLabel = codeLabel;
    }
    start() {
        this.#counting = true;
    }
    feed(series) {
        let isNew = false;
        for (const { labels, samples } of series) {
            const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
            const isBad = isBadCode(labels[this.#codeLabel] ?? '');
            for (const sample of samples) {
                const last = this.#last.get(key) ?? { at: -Infinity, value: 0 };
                if (sample.at <= last.at)
                    continue;
                this.#last.set(key, sample);
                isNew = true;
                if (!this.#counting)
                    continue;
                const increase = sample.value >= last.value ? sample.value - last.value : sample.value;
                this.#requests += increase;
                if (isBad)
                    this.#bad += increase;
            }
        }
        return isNew;
    }
    get counts() {
        return { requests: Math.round(this.#requests), bad: Math.round(this.#bad) };
    }
}
function isBadCode(code) {
    return code === clientGaveUp || !goodPattern.test(code);
}
function since(before, now) {
    return { requests: now.requests - before.requests, bad: now.bad - before.bad };
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/judge.js


function dueLook({ needed, looks }, counts, done) {
    const progress = Math.min(counts.candidate.requests / needed.candidate, counts.baseline.requests / needed.baseline);
    const due = looks.findLastIndex(({ at }) => progress >= at);
    return due > done ? due : undefined;
}
function takeLook(plan, look, counts, errorObjective) {
    const alphas = plan.looks[look];
    if (alphas === undefined)
        throw new Error(`the plan has no look ${look}`);
    const { candidate, baseline } = counts;
    const comparison = pValueOfMoreBad(candidate, baseline);
    const objective = binomialUpperTail(candidate.bad, candidate.requests, errorObjective);
    const verdict = comparison <= alphas.comparisonAlpha
        ? 'worse-than-baseline'
        : objective <= alphas.objectiveAlpha
            ? 'misses-objective'
            : look === plan.looks.length - 1
                ? 'passed'
                : 'harmless';
    return { look, comparison, objective, verdict };
}

// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/canary/rules.js

const gatewayReference = 'https://gateway-api.sigs.k8s.io/guides/traffic-splitting/';
const canaryRules = (0,rule/* defineRules */.x)({
    worseThanBaseline: {
        id: 'canary/worse-than-baseline',
        title: 'The candidate answers more requests badly than the baseline',
        why: 'Beside the baseline, at the same time and under the same load, so many bad requests are no chance: users of the candidate get errors that others do not get.',
        fix: 'Roll the release back, and look for the errors in the log of the candidate.',
        outcome: 'fail',
    },
    missesObjective: {
        id: 'canary/misses-objective',
        title: 'The candidate has more bad requests than the objective allows',
        why: 'However the baseline does, users get errors more often than the service promises.',
        fix: 'Roll the release back, and look for the errors in the log of the candidate. When the baseline has them too, mend what both depend on first.',
        outcome: 'fail',
    },
    notEnoughRequests: {
        id: 'canary/not-enough-requests',
        title: 'A stage did not get the requests that its plan needs',
        why: 'With fewer requests a candidate as bad as the policy names would often go unseen; no harm seen is then no proof of health.',
        fix: 'Give the stage a longer `max-duration`, release at a busier time, or name a larger `detect-ratio`.',
        outcome: 'inconclusive',
    },
    noTraffic: {
        id: 'canary/no-traffic',
        title: 'The candidate got no request',
        why: 'Nothing was measured of the candidate.',
        fix: 'Check that the gateway follows the route, that the candidate has ready pods, and that the selector of the policy finds its requests.',
        outcome: 'inconclusive',
        reference: gatewayReference,
    },
    noMetrics: {
        id: 'canary/no-metrics',
        title: 'The metrics source gave nothing new for longer than the hold limit',
        why: 'Without metrics harm cannot be seen, so the candidate does not keep its traffic.',
        fix: 'Bring the metrics source back, and run the step again.',
        outcome: 'inconclusive',
    },
    metricsRefused: {
        id: 'canary/metrics-refused',
        title: 'The metrics source cannot be used as the policy says',
        why: 'The query will fail however often it is repeated, and without it harm cannot be seen.',
        fix: 'Correct `metrics` in the policy, `prometheus-url`, or the token.',
        outcome: 'inconclusive',
        reference: 'https://prometheus.io/docs/prometheus/latest/querying/api/',
    },
    routeUnusable: {
        id: 'canary/route-unusable',
        title: 'The route does not split its traffic between baseline and candidate',
        why: 'The weights of the canary would not say where the requests go.',
        fix: 'Name both Services, and nothing else, in `backendRefs` of each rule of the HTTPRoute that is part of the canary.',
        outcome: 'inconclusive',
        reference: gatewayReference,
    },
    routeChanged: {
        id: 'canary/route-changed',
        title: 'Somebody else changed the weights of the route',
        why: 'Two hands on one split measure nothing. The weights were left as they are: whoever set them had a reason.',
        fix: 'Find out who moved the traffic, then run the step again.',
        outcome: 'inconclusive',
    },
    clusterUnreachable: {
        id: 'canary/cluster-unreachable',
        title: 'The route could not be read or changed',
        why: 'Without the cluster the traffic cannot be moved, and not be taken back.',
        fix: 'Check `kubeconfig`, and that its user may get and patch HTTPRoutes in the namespace.',
        outcome: 'inconclusive',
    },
    cancelled: {
        id: 'canary/cancelled',
        title: 'The canary was cancelled',
        why: 'Half a canary is no proof.',
        fix: 'Run the step again.',
        outcome: 'inconclusive',
    },
    weightsNotRestored: {
        id: 'canary/weights-not-restored',
        title: 'The candidate may still have traffic',
        why: 'The canary ended without a pass and its traffic could not be taken back.',
        fix: 'Set the weight of the candidate to 0 by hand: `kubectl edit httproute`. The clean-up of this step tries once more.',
        outcome: 'fail',
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/canary/findings.js


function harmFinding({ plan, counts }, look, errorObjective) {
    const { candidate, baseline } = counts;
    const place = { resource: `stage ${plan.weight} %` };
    const seen = `${candidate.bad} of ${candidate.requests} requests of the candidate were bad`;
    return look.verdict === 'worse-than-baseline'
        ? {
            rule: canaryRules.worseThanBaseline,
            message: `${seen}, and ${baseline.bad} of ${baseline.requests} of the baseline: chance would do that once in ${onceIn(look.comparison)}.`,
            place,
        }
        : {
            rule: canaryRules.missesObjective,
            message: `${seen}; the objective is at most ${percentOf(errorObjective)} %, with which chance would do that once in ${onceIn(look.objective)}.`,
            place,
        };
}
function onceIn(chance) {
    return chance === 0 ? 'more times than can be counted' : Number((1 / chance).toPrecision(2)).toString();
}
function tooFewFinding({ plan, counts }) {
    const place = { resource: `stage ${plan.weight} %` };
    const { candidate, baseline } = counts;
    const time = `${plan.maxDuration / 1000} s`;
    if (candidate.requests === 0)
        return {
            rule: canaryRules.noTraffic,
            message: `The candidate got no request in ${time} at weight ${plan.weight}.`,
            place,
        };
    return {
        rule: canaryRules.notEnoughRequests,
        message: `In ${time} the candidate got ${candidate.requests} of ${plan.needed.candidate} requests and the baseline ${baseline.requests} of ${plan.needed.baseline}.`,
        place,
    };
}
function trafficFinding({ kind, message }, { route }) {
    const place = { resource: `httproute/${route}` };
    switch (kind) {
        case 'unusable':
            return { rule: canaryRules.routeUnusable, message: `The route cannot be split: ${message}.`, place };
        case 'changed':
            return {
                rule: canaryRules.routeChanged,
                message: `The weights are not the ones of this canary: ${message}.`,
                place,
            };
        case 'cluster':
            return { rule: canaryRules.clusterUnreachable, message: `The cluster gave no weights: ${message}.`, place };
    }
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/route.js
const routeKind = 'httproutes.gateway.networking.k8s.io';
function splitOf(route, backends) {
    const found = [];
    const { rules } = (route.spec ?? {});
    for (const [rule, { backendRefs = [] }] of (rules ?? []).entries()) {
        const names = backendRefs.map(({ name }) => name);
        const baseline = names.indexOf(backends.baseline);
        const candidate = names.indexOf(backends.candidate);
        if (baseline === -1 && candidate === -1)
            continue;
        if (baseline === -1 || candidate === -1 || names.length !== 2)
            return `rule ${rule} sends traffic to ${names.join(', ')}; it must name exactly ${backends.baseline} and ${backends.candidate}`;
        const weights = { baseline: weightOf(backendRefs[baseline]), candidate: weightOf(backendRefs[candidate]) };
        found.push({ rule, baseline, candidate, weights });
    }
    const [first] = found;
    if (first === undefined)
        return `no rule sends traffic to ${backends.baseline} and ${backends.candidate}`;
    if (found.some(({ weights }) => !sameWeights(weights, first.weights)))
        return 'its rules have different weights; one canary has one weight';
    return {
        weights: first.weights,
        withWeights: (weights) => found.flatMap(({ rule, baseline, candidate }) => [
            { op: 'add', path: `/spec/rules/${rule}/backendRefs/${baseline}/weight`, value: weights.baseline },
            { op: 'add', path: `/spec/rules/${rule}/backendRefs/${candidate}/weight`, value: weights.candidate },
        ]),
    };
}
function weightOf(backend) {
    return typeof backend?.weight === 'number' ? backend.weight : 1;
}
function sameWeights(one, other) {
    return one.baseline === other.baseline && one.candidate === other.candidate;
}
function candidateGets(percent) {
    return { baseline: 100 - percent, candidate: percent };
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/traffic.js

const attempts = 5;
const pause = 1000;
const passing = ['conflict', 'unreachable', 'timeout'];
function readWeights(setup) {
    return change(setup, (now) => now);
}
function moveTraffic(setup, percent, before) {
    const wanted = candidateGets(percent);
    return change(setup, (now) => (sameWeights(now, before) || sameWeights(now, wanted) ? wanted : undefined));
}
function stopTraffic(setup) {
    return change(setup, (now) => (now.candidate === 0 ? now : candidateGets(0)));
}
async function change(setup, decide) {
    for (let attempt = 1;; attempt++) {
        const result = await changeOnce(setup, decide);
        if (!('again' in result))
            return result;
        if (attempt === attempts)
            return { problem: { kind: 'cluster', message: result.again } };
        await setup.clock.sleep(pause);
    }
}
async function changeOnce({ kubectl, route, backends }, decide) {
    const read = await kubectl.get(routeKind, route);
    if ('problem' in read)
        return clusterProblem(read.problem);
    const split = splitOf(read.value, backends);
    if (typeof split === 'string')
        return { problem: { kind: 'unusable', message: split } };
    const wanted = decide(split.weights);
    if (wanted === undefined)
        return { problem: { kind: 'changed', message: `the route has ${weightsText(split.weights, backends)}` } };
    if (sameWeights(wanted, split.weights))
        return { weights: wanted };
    const patched = await kubectl.patch(routeKind, read.value, split.withWeights(wanted));
    if ('problem' in patched)
        return clusterProblem(patched.problem);
    const after = splitOf(patched.value, backends);
    if (typeof after === 'string' || !sameWeights(after.weights, wanted))
        return { problem: { kind: 'unusable', message: 'the cluster took the change and shows other weights' } };
    return { weights: wanted };
}
function clusterProblem({ reason, message, }) {
    return passing.includes(reason) ? { again: message } : { problem: { kind: 'cluster', message } };
}
function weightsText(weights, backends) {
    return `${backends.baseline} ${weights.baseline}, ${backends.candidate} ${weights.candidate}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/walk.js





const nobody = { requests: 0, bad: 0 };
async function walk(canary) {
    const stages = [];
    let moved = false;
    const beforeMoving = () => {
        canary.beforeMoving();
        moved = true;
    };
    try {
        const finding = await walkStages({ ...canary, beforeMoving }, stages);
        return { stages, moved, finding };
    }
    catch (error) {
        if (!canary.signal.aborted)
            throw error;
        return { stages, moved, finding: { rule: canaryRules.cancelled, message: 'The canary was cancelled.' } };
    }
}
async function untilMetricsFlow({ watch, clock, pollInterval, signal }) {
    for (;;) {
        const finding = await watch.poll();
        if (finding !== undefined || watch.hasStartingPoint)
            return finding;
        await clock.sleep(pollInterval, signal);
    }
}
async function walkStages(canary, stages) {
    const { traffic, watch, log } = canary;
    const start = await readWeights(traffic);
    if ('problem' in start)
        return trafficFinding(start.problem, traffic);
    log.info(`Weights before: ${weightsText(start.weights, traffic.backends)}.`);
    const silence = await untilMetricsFlow(canary);
    if (silence !== undefined)
        return silence;
    let { weights } = start;
    watch.start();
    canary.beforeMoving();
    for (const plan of canary.plans) {
        const moved = await moveTraffic(traffic, plan.weight, weights);
        if ('problem' in moved)
            return trafficFinding(moved.problem, traffic);
        weights = moved.weights;
        log.info(`The candidate gets ${plan.weight} % of the traffic.`);
        const stage = { plan, counts: { candidate: nobody, baseline: nobody } };
        stages.push(stage);
        const finding = await walkStage(canary, stage);
        if (finding !== undefined)
            return finding;
    }
    const end = await moveTraffic(traffic, weights.candidate, weights);
    return 'problem' in end ? trafficFinding(end.problem, traffic) : undefined;
}
async function walkStage(canary, stage) {
    const { watch, clock, signal, pollInterval, errorObjective, log } = canary;
    const { plan } = stage;
    const before = watch.counts;
    const deadline = clock.now().getTime() + plan.maxDuration;
    for (;;) {
        await clock.sleep(pollInterval, signal);
        const finding = await watch.poll();
        stage.counts = stageCounts(plan, before, watch.counts);
        if (finding !== undefined)
            return finding;
        const due = dueLook(plan, stage.counts, stage.look?.look ?? -1);
        if (due !== undefined) {
            stage.look = takeLook(plan, due, stage.counts, errorObjective);
            log.info(lookText(stage));
            if (stage.look.verdict === 'passed')
                return undefined;
            if (stage.look.verdict !== 'harmless')
                return harmFinding(stage, stage.look, errorObjective);
        }
        if (clock.now().getTime() >= deadline)
            return tooFewFinding(stage);
    }
}
function stageCounts({ weight }, before, now) {
    return {
        candidate: since(before.candidate, now.candidate),
        baseline: weight === 100 ? now.baseline : since(before.baseline, now.baseline),
    };
}
function planText({ weight, needed, maxDuration }) {
    const baseline = weight === 100 ? 'is compared with the stages before' : `${needed.baseline} of the baseline`;
    return `Stage ${weight} %: needs ${needed.candidate} requests of the candidate, ${baseline}, within ${maxDuration / 1000} s.`;
}
function lookText({ plan, counts, look }) {
    const { candidate, baseline } = counts;
    return `Stage ${plan.weight} %: ${candidate.bad} of ${candidate.requests} bad, baseline ${baseline.bad} of ${baseline.requests}: ${look?.verdict}.`;
}

// EXTERNAL MODULE: ./build/bundle/js/effects/retry.js
var retry = __webpack_require__(9522);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
;// CONCATENATED MODULE: ./build/bundle/js/canary/prometheus.js


const answerTimeout = 10_000;
const maxAnswerBytes = 16 * 1024 * 1024;
async function readSamples(source, selector, seconds) {
    const { http, url, token, signal } = source;
    const query = new URLSearchParams({ query: `${selector}[${seconds}s]` });
    try {
        const { status, body } = await http(`${url}/api/v1/query?${query.toString()}`, {
            headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
            timeout: answerTimeout,
            maxBytes: maxAnswerBytes,
            signal,
        });
        const text = new TextDecoder().decode(body);
        if (status !== 200) {
            const refused = status >= 400 && !(0,retry/* isPassing */.WG)(status);
            return { problem: `it answered ${status}: ${(0,report_text/* cut */.Jj)(errorIn(text), 300)}`, refused };
        }
        const series = seriesIn(JSON.parse(text));
        return series === undefined ? { problem: 'its answer is not a whole range of counts', refused: false } : { series };
    }
    catch (error) {
        return { problem: error.message, refused: false };
    }
}
function errorIn(text) {
    try {
        const { error } = JSON.parse(text);
        if (typeof error === 'string')
            return error;
    }
    catch {
    }
    return text;
}
function seriesIn(answer) {
    const { status, data } = (answer ?? {});
    if (status !== 'success' || data?.resultType !== 'matrix' || !Array.isArray(data.result))
        return undefined;
    const all = data.result.map(oneSeries).filter((series) => series !== undefined);
    return all.length === data.result.length ? all : undefined;
}
function oneSeries(given) {
    const { metric, values } = (given ?? {});
    if (typeof metric !== 'object' || metric === null || !Array.isArray(values))
        return undefined;
    const samples = values.map((pair) => {
        const [at, value] = Array.isArray(pair) ? pair : [];
        return {
            at: typeof at === 'number' ? at : NaN,
            value: typeof value === 'string' && value !== '' ? Number(value) : NaN,
        };
    });
    const isCount = ({ at, value }) => Number.isFinite(at) && Number.isFinite(value) && value >= 0;
    return samples.every(isCount) ? { labels: metric, samples } : undefined;
}

;// CONCATENATED MODULE: ./build/bundle/js/canary/watch.js



const lookBack = 300;
class MetricsWatch {
    #setup;
    #baseline;
    #candidate;
    #lastNews;
    #seesBaseline = false;
    #hasStartingPoint = false;
    constructor(setup) {
        this.#setup = setup;
        this.#baseline = new RequestCounter(setup.codeLabel);
        this.#candidate = new RequestCounter(setup.codeLabel);
        this.#lastNews = setup.clock.now().getTime();
    }
    get hasStartingPoint() {
        return this.#hasStartingPoint;
    }
    get counts() {
        return { candidate: this.#candidate.counts, baseline: this.#baseline.counts };
    }
    start() {
        this.#baseline.start();
        this.#candidate.start();
    }
    async poll() {
        const { clock, holdLimit, selectors } = this.#setup;
        const problem = (await this.#read(selectors.baseline, this.#baseline)) ??
            (await this.#read(selectors.candidate, this.#candidate));
        if (problem === undefined && this.#seesBaseline)
            this.#hasStartingPoint = true;
        if (problem?.refused) {
            return { rule: canaryRules.metricsRefused, message: `The metrics source cannot be used: ${problem.problem}.` };
        }
        const silent = clock.now().getTime() - this.#lastNews;
        if (silent <= holdLimit)
            return undefined;
        const why = problem?.problem ?? 'it answers, and knows no new sample';
        return {
            rule: canaryRules.noMetrics,
            message: `No new metrics for ${Math.round(silent / 1000)} s (hold-limit ${holdLimit / 1000} s): ${why}.`,
        };
    }
    async #read(selector, counter) {
        const { source, clock, codeLabel } = this.#setup;
        const result = await readSamples(source, selector, lookBack);
        if ('problem' in result)
            return result;
        const strange = result.series.find(({ labels }) => !codePattern.test(labels[codeLabel] ?? ''));
        if (strange !== undefined)
            return { problem: `${codeProblem(strange, codeLabel)}, of ${selector}`, refused: true };
        if (counter.feed(result.series))
            this.#lastNews = clock.now().getTime();
        if (counter === this.#baseline && result.series.length > 0)
            this.#seesBaseline = true;
        return undefined;
    }
}
function codeProblem({ labels }, codeLabel) {
    const value = labels[codeLabel];
    return value === undefined
        ? `a series has no label \`${codeLabel}\``
        : `\`${codeLabel}\` of a series is \`${value}\`, which is no status code`;
}
function fillSelector(selector, names) {
    return selector.replace(/\{(namespace|route|backend)\}/g, (_, name) => names[name]);
}

// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/document.js
var definition_document = __webpack_require__(9114);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/helm/plan.js + 1 modules
var plan = __webpack_require__(4048);
// EXTERNAL MODULE: ./build/bundle/js/helm/recover.js
var recover = __webpack_require__(5790);
// EXTERNAL MODULE: ./build/bundle/js/helm/take-back.js
var take_back = __webpack_require__(7843);
;// CONCATENATED MODULE: ./build/bundle/js/actions/canary-end.js





const onTrial = 'on trial';
const settled = 'settled';
function trafficMoves({ saveState }) {
    saveState('traffic', onTrial);
}
function candidateStands({ saveState }) {
    saveState('candidate', onTrial);
}
async function endCanary({ moved, finding }, traffic, release, context) {
    const earned = finding === undefined || finding.rule === canaryRules.routeChanged;
    const stopped = moved && !earned ? await stopTraffic(traffic) : undefined;
    const kept = stopped !== undefined && 'problem' in stopped ? notRestored(stopped.problem.message, traffic) : undefined;
    const out = release && !earned && !context.signal.aborted ? await removeCandidate(release, context) : undefined;
    const removed = out?.rolledBack ?? false;
    if (kept === undefined || removed)
        context.saveState('traffic', settled);
    if (earned || !context.signal.aborted)
        context.saveState('candidate', settled);
    return {
        findings: [...(kept === undefined || removed ? [] : [kept]), ...(out?.findings ?? [])],
        measurements: out?.measurements ?? [],
        sections: out?.sections ?? [],
        trafficTakenBack: stopped !== undefined && (kept === undefined || removed),
        removed,
    };
}
async function endCanaryLate(traffic, release, context) {
    const { state, log } = context;
    const stopped = state.traffic === onTrial ? await stopTraffic(traffic) : undefined;
    if (stopped !== undefined && !('problem' in stopped))
        log.warning('The candidate has no traffic any more.');
    if (release && state.candidate === onTrial)
        for (const sentence of await removeLate(release, context))
            log.warning(sentence);
    if (stopped !== undefined && 'problem' in stopped)
        throw new Error(notRestored(stopped.problem.message, traffic).message);
}
function isUnfinished({ state }) {
    return state.traffic === onTrial || state.candidate === onTrial;
}
function notRestored(why, { route }) {
    const place = { resource: `httproute/${route}` };
    return { rule: canaryRules.weightsNotRestored, message: `The candidate may still have traffic: ${why}.`, place };
}
async function removeCandidate({ tools, budget }, { log, saveState }) {
    const planned = await (0,plan/* planRemoval */.Ao)(tools);
    if ('findings' in planned)
        return { findings: planned.findings, measurements: [], sections: [], pods: 0, rolledBack: false };
    const { history, target } = planned.plan;
    log.info(`The release goes back to revision ${target.revision}, which has no candidate.`);
    saveState('target', String(target.revision));
    saveState('before', String(history.at(-1)?.revision ?? 0));
    return (0,take_back/* takeBack */.z)(target, [], tools, budget);
}
async function removeLate(release, context) {
    const { before, target } = context.state;
    if (before)
        return (0,recover/* recover */.l)({ before: Number(before), target: Number(target) }, release.tools, release.budget);
    const { findings } = await removeCandidate(release, context);
    return findings.map(({ message }) => message);
}

// EXTERNAL MODULE: ./build/bundle/js/actions/release-tools.js + 3 modules
var release_tools = __webpack_require__(8991);
// EXTERNAL MODULE: ./build/bundle/js/actions/policy-used.js
var policy_used = __webpack_require__(6161);
// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
;// CONCATENATED MODULE: ./build/bundle/js/actions/canary-analyze.js













const canary_analyze_inputs = {
    route: (0,inputs/* resourceName */.Iy)({ doc: 'The HTTPRoute that splits the traffic.' }),
    namespace: (0,inputs/* resourceName */.Iy)({ default: 'default', doc: 'Namespace of the route and both Services.' }),
    baseline: (0,inputs/* resourceName */.Iy)({
        optional: true,
        doc: 'The Service of what serves now, in `backendRefs` of the route. Without it `<route>-stable`.',
    }),
    candidate: (0,inputs/* resourceName */.Iy)({
        optional: true,
        doc: 'The Service of the candidate, in `backendRefs` of the route. Without it `<route>-canary`.',
    }),
    release: (0,inputs/* resourceName */.Iy)({
        optional: true,
        doc: 'The Helm release that holds both. With it a candidate that does not pass is removed: the revision before runs again.',
    }),
    'rollback-timeout': (0,inputs/* duration */.p0)({ default: '110s', doc: 'How long that may take.' }),
    policy: (0,definition_document/* document */.A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(404)]).then(__webpack_require__.bind(__webpack_require__, 404))).canaryPolicySchema)({
        default: 'built-in:policies/canary.yaml',
        doc: 'Stages, what must be seen, how often it may be wrong, and which counter is read.',
    }),
    'prometheus-url': (0,inputs/* url */.OZ)({ doc: 'Address of the Prometheus HTTP API, as the runner sees it.' }),
    'prometheus-token': (0,inputs/* secret */.rJ)({ optional: true, doc: 'Bearer token for it.' }),
    image: (0,inputs/* image */.Sl)({
        optional: true,
        doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
    }),
    kubeconfig: (0,inputs/* secret */.rJ)({
        optional: true,
        doc: 'Content of a kubeconfig. Without it `KUBECONFIG` counts, as a login step of a cloud leaves it.',
    }),
    'kubectl-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'A kubectl that is already on the runner, in place of the pinned one.' }),
    'helm-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'The same for Helm 4, which is needed with `release` only.' }),
};
const canaryAnalyze = (0,definition_define/* defineAction */.Q)({
    name: 'canary-analyze',
    title: 'Canary analysis',
    description: 'Give a release its traffic in stages, compare counted requests with the baseline, and take it back on harm.',
    icon: 'git-branch',
    inputs: canary_analyze_inputs,
    outputs: {
        'stages-passed': 'Number of stages that passed.',
        'weights-restored': '`true` when the candidate had traffic from this step and has none any more.',
        'rolled-back': '`true` when the candidate is gone: the revision before was seen to run again.',
    },
    permissions: [{ scope: 'contents', access: 'read', why: 'to check out the policy' }],
    isTest: true,
    async run({ inputs: given, context }) {
        return withCanary(given, context, (canary) => analyze(given, context, canary));
    },
    async post({ inputs: given, context }) {
        const { state, files, log } = context;
        if (state.kubeconfig)
            await files.remove(state.kubeconfig);
        if (!isUnfinished(context))
            return;
        log.warning('The step did not finish.');
        await withCanary(given, context, ({ traffic, release }) => endCanaryLate(traffic, release, context));
    },
});
async function withCanary(given, context, work) {
    const { route, release, baseline = `${route}-stable`, candidate = `${route}-canary` } = given;
    const trafficBy = (kubectl) => ({
        kubectl,
        route,
        backends: { baseline, candidate },
        clock: context.clock,
    });
    if (release === undefined)
        return (0,release_tools/* withKubectl */.P)(given, context, ({ kubectl, programs }) => work({ traffic: trafficBy(kubectl), programs }));
    return (0,release_tools/* withReleaseTools */.g)({ ...given, release }, context, (tools) => work({
        traffic: trafficBy(tools.kubectl),
        release: { tools, budget: given['rollback-timeout'] },
        programs: tools.programs,
    }));
}
async function analyze(given, context, { traffic, release, programs }) {
    const policy = given.policy.value;
    const plans = planStages(policy);
    plans.forEach((plan) => context.log.info(planText(plan)));
    if (release)
        candidateStands(context);
    const canary = await walk({
        plans,
        errorObjective: policy['error-objective'],
        pollInterval: (0,duration/* milliseconds */.Rz)(policy['poll-interval']),
        traffic,
        watch: watchOf(given, traffic.backends, context),
        clock: context.clock,
        log: context.log,
        signal: context.signal,
        beforeMoving: () => trafficMoves(context),
    });
    const end = await endCanary(canary, traffic, release, context);
    const counted = totals(canary.stages).candidate;
    return (0,report/* conclude */.E)({
        examined: { count: counted.requests, what: 'request of the candidate' },
        findings: [...(canary.finding ? [canary.finding] : []), ...end.findings],
        passed: `The candidate has all the traffic: ${counted.bad} of ${counted.requests} requests were bad.`,
        measurements: [...canaryMeasurements(plans, canary.stages, policy['error-objective']), ...end.measurements],
        sections: [stageTable(plans, canary.stages), ...end.sections],
        subjects: (0,subjects/* subjectsOf */.Z)(given.image, context),
        policy: (0,policy_used/* policyUsed */.i)(given.policy),
        programs,
        outputs: {
            'stages-passed': stagesPassed(canary.stages),
            'weights-restored': end.trafficTakenBack,
            'rolled-back': end.removed,
        },
    });
}
function watchOf(given, { baseline, candidate }, { http, clock, signal }) {
    const { metrics, 'hold-limit': holdLimit } = given.policy.value;
    const selector = (backend) => fillSelector(metrics.selector, { ...given, backend });
    return new MetricsWatch({
        source: { http, url: given['prometheus-url'], token: given['prometheus-token'], signal },
        selectors: { baseline: selector(baseline), candidate: selector(candidate) },
        codeLabel: metrics['code-label'],
        holdLimit: (0,duration/* milliseconds */.Rz)(holdLimit),
        clock,
    });
}


/***/ }),

/***/ 6161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ policyUsed)
/* harmony export */ });
function policyUsed({ name, sha256 }) {
    return { uri: name, sha256 };
}


/***/ }),

/***/ 2504:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction)
/* harmony export */ });
/* unused harmony export commonOutputs */
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5390);

const commonInputs = {
    mode: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['enforce', 'observe'])({
        default: 'enforce',
        doc: 'With `observe` the step never fails, the verdict stays true, and the evidence never satisfies a promotion.',
    }),
};
const commonOutputs = {
    verdict: '`pass`, `fail` or `inconclusive`. Empty when the action was used wrongly or broke.',
    report: 'Path of the report as JSON (`schemas/report.json`).',
    evidence: 'Folder of the in-toto statements, not yet signed. Empty folder when there was no subject.',
    sarif: 'Path of the findings as SARIF 2.1.0.',
};
function defineAction(own) {
    return { ...own, isTest: own.isTest ?? false, inputs: { ...own.inputs, ...commonInputs } };
}


/***/ }),

/***/ 9522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WG: () => (/* binding */ isPassing),
/* harmony export */   i5: () => (/* binding */ NoAnswerError),
/* harmony export */   qQ: () => (/* binding */ requestPatiently)
/* harmony export */ });
/* harmony import */ var _effects_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8702);

class NoAnswerError extends Error {
    name = 'NoAnswerError';
}
const usualTries = 5;
const firstPause = 500;
const longestPause = 30_000;
async function requestPatiently({ http, clock, signal }, url, { tries = usualTries, ...options } = {}) {
    for (let attempt = 1;; attempt++) {
        signal?.throwIfAborted();
        let pause = firstPause * 2 ** (attempt - 1);
        let failure;
        try {
            const answer = await http(url, { ...options, ...(signal && { signal }) });
            if (!isPassing(answer.status))
                return answer;
            failure = `it answered ${answer.status}`;
            pause = Math.max(pause, retryAfter(answer.headers['retry-after'], clock.now()));
        }
        catch (error) {
            signal?.throwIfAborted();
            if (error instanceof _effects_js__WEBPACK_IMPORTED_MODULE_0__/* .TooLargeError */ .q)
                throw error;
            failure = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
        }
        if (attempt >= tries)
            throw new NoAnswerError(`${new URL(url).host} gave no usable answer: ${failure}.`);
        await clock.sleep(Math.min(pause, longestPause), signal);
    }
}
function retryAfter(header, now) {
    if (header === undefined)
        return 0;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
function isPassing(status) {
    return status === 408 || status === 429 || status >= 500;
}


/***/ })

};
