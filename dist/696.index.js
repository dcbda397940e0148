export const id = 696;
export const ids = [696];
export const modules = {

/***/ 5696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadTest: () => (/* binding */ loadTest)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/document.js
var definition_document = __webpack_require__(9114);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/documents/duration.js
var duration = __webpack_require__(9534);
;// CONCATENATED MODULE: ./build/bundle/js/load/plan.js

const maxVirtualUsers = 10_000;
function loadPlan(endpoints, plan) {
    return { ...plan, endpoints: endpoints.endpoints, timeout: (0,duration/* milliseconds */.Rz)(endpoints.timeout) };
}
function plannedRequests({ rate, duration }) {
    return Math.round((rate * duration) / 1000);
}
function virtualUsers({ rate, timeout }) {
    return Math.ceil(((rate * timeout) / 1000) * 1.1) + 10;
}
function planProblem(plan) {
    const { latency, good } = plan.objectives;
    const requests = plannedRequests(plan);
    const needed = Math.ceil(Number((100 / (100 - Math.max(latency.percent, good.percent))).toFixed(6)));
    if (requests < needed)
        return `\`rate\` and \`duration\` make ${requests} requests; an objective of ${Math.max(latency.percent, good.percent)} % needs at least ${needed}`;
    if (latency.atMost >= plan.timeout)
        return `the latency objective of ${latency.atMost} ms is not below \`timeout\` in the endpoint list (${plan.timeout} ms): a request without an answer would count as fast`;
    if (virtualUsers(plan) > maxVirtualUsers)
        return `\`rate\` times \`timeout\` needs ${virtualUsers(plan)} virtual users of k6; at most ${maxVirtualUsers} are allowed`;
    return undefined;
}

// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/load/rules.js

const openModel = 'https://grafana.com/docs/k6/latest/using-k6/scenarios/concepts/open-vs-closed/';
const loadRules = (0,rule/* defineRules */.x)({
    generatorFailed: {
        id: 'load/generator-failed',
        title: 'k6 did not bring the run to its end',
        why: 'Half a run has measured half a service; only exit code 0 with a whole result is a measurement.',
        fix: 'Read the error of k6 in the message, and run the step again.',
        outcome: 'inconclusive',
        reference: 'https://github.com/grafana/k6/blob/master/errext/exitcodes/codes.go',
    },
    noSamples: {
        id: 'load/no-samples',
        title: 'No request was counted',
        why: 'Without a sample every limit is kept. Nothing was measured.',
        fix: 'Give a longer `duration`, or a shorter `warm-up`.',
        outcome: 'inconclusive',
    },
    dropped: {
        id: 'load/dropped-iterations',
        title: 'k6 could not start every request that was due',
        why: 'The service saw less load than the test promises, so limits that were kept say nothing about the promised load.',
        fix: 'Run the step on a larger runner, or at a lower `rate`.',
        outcome: 'inconclusive',
        reference: 'https://grafana.com/docs/k6/latest/using-k6/scenarios/concepts/dropped-iterations/',
    },
    rateNotReached: {
        id: 'load/rate-not-reached',
        title: 'Fewer requests were sent than the rate promises',
        why: 'The service saw less load than the test promises, so limits that were kept say nothing about the promised load.',
        fix: 'Run the step on a larger runner, or at a lower `rate`.',
        outcome: 'inconclusive',
        reference: openModel,
    },
    endpointNotAsked: {
        id: 'load/endpoint-not-asked',
        title: 'An endpoint of the list was never asked',
        why: 'Nothing is known about an endpoint without a request.',
        fix: 'Give a longer `duration` or a higher `rate`, so that every weight gets its turn.',
        outcome: 'inconclusive',
    },
    noAnswer: {
        id: 'load/no-answer',
        title: 'The service answered no request at all',
        why: 'A service that answers nobody keeps no objective.',
        fix: 'Check that the service runs, and that `url` is its address as the runner sees it.',
        outcome: 'fail',
    },
    tooSlow: {
        id: 'load/latency-over-objective',
        title: 'Answers take longer than the objective allows',
        why: 'Users wait longer than the service promises. A request without an answer counts with the whole time limit.',
        fix: 'Find the endpoint in the table that is slow; compare with the release before.',
        outcome: 'fail',
    },
    tooManyBad: {
        id: 'load/errors-over-objective',
        title: 'More requests fail than the objective allows',
        why: 'Users get errors more often than the service promises. A wrong status and a missing answer both count as bad.',
        fix: 'Find the endpoint in the table that fails; its log says why.',
        outcome: 'fail',
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/load/judge.js


const toleratedShortfall = 0.01;
function judge(plan, run) {
    if ('failed' in run) {
        const message = `The load test was not measured: ${run.failed}.`;
        return { findings: [{ rule: loadRules.generatorFailed, message }], measurements: [], sections: [], requests: 0 };
    }
    const { result } = run;
    const total = totals(result);
    return {
        findings: [...measuredEnough(plan, result, total), ...keepsObjectives(plan, result, total)],
        measurements: measurements(plan, result, total),
        sections: [endpointTable(plan, result)],
        requests: total.requests,
    };
}
function totals({ endpoints }) {
    const sum = (of) => endpoints.reduce((before, one) => before + of(one), 0);
    return { requests: sum((one) => one.requests), bad: sum((one) => one.bad), unanswered: sum((one) => one.unanswered) };
}
function measuredEnough(plan, result, { requests }) {
    const planned = plannedRequests(plan);
    if (requests === 0)
        return [{ rule: loadRules.noSamples, message: `None of ${planned} planned requests was counted.` }];
    const findings = [];
    if (result.dropped > 0)
        findings.push({ rule: loadRules.dropped, message: `k6 dropped ${result.dropped} requests that were due.` });
    if (requests < planned * (1 - toleratedShortfall))
        findings.push({ rule: loadRules.rateNotReached, message: `${requests} of ${planned} planned requests were sent.` });
    result.endpoints.forEach((endpoint, index) => {
        if (endpoint.requests === 0)
            findings.push({
                rule: loadRules.endpointNotAsked,
                message: `${nameOf(plan, index)} got none of ${requests} requests.`,
                place: { resource: nameOf(plan, index) },
            });
    });
    return findings;
}
function keepsObjectives({ url, objectives }, result, total) {
    const { requests, bad, unanswered } = total;
    const { latency, good } = objectives;
    if (requests === 0 || result.latency === null)
        return [];
    if (unanswered === requests)
        return [{ rule: loadRules.noAnswer, message: `None of ${requests} requests to ${url} was answered.` }];
    const findings = [];
    if (result.latency > latency.atMost)
        findings.push({
            rule: loadRules.tooSlow,
            message: `p${latency.percent} latency is ${rounded(result.latency)} ms; the objective is ${latency.atMost} ms.`,
        });
    if ((100 * (requests - bad)) / requests < good.percent)
        findings.push({
            rule: loadRules.tooManyBad,
            message: `${bad} of ${requests} requests were bad (${rounded((100 * bad) / requests)} %; ${unanswered} without an answer); the objective is at most ${allowedBad(good.percent)} %.`,
        });
    return findings;
}
function measurements(plan, result, { requests, bad }) {
    if (requests === 0 || result.latency === null)
        return [];
    const { latency, good } = plan.objectives;
    const seconds = plan.duration / 1000;
    return [
        {
            name: `p${latency.percent} latency`,
            value: rounded(result.latency),
            unit: 'ms',
            limit: { atMost: latency.atMost },
        },
        {
            name: 'bad requests',
            value: rounded((100 * bad) / requests),
            unit: '%',
            limit: { atMost: allowedBad(good.percent) },
        },
        {
            name: 'requests',
            value: requests,
            unit: 'requests',
            limit: { atLeast: Math.ceil(plannedRequests(plan) * (1 - toleratedShortfall)) },
        },
        { name: 'rate', value: rounded(requests / seconds), unit: 'requests/s' },
    ];
}
function endpointTable(plan, { endpoints }) {
    return {
        title: 'Endpoints',
        columns: ['Endpoint', 'Requests', 'Bad', 'Without answer', `p${plan.objectives.latency.percent} (ms)`],
        rows: endpoints.map(({ requests, bad, unanswered, latency }, index) => [
            nameOf(plan, index),
            requests,
            bad,
            unanswered,
            latency === null ? 'not measured' : rounded(latency),
        ]),
    };
}
function nameOf({ endpoints }, index) {
    const endpoint = endpoints[index];
    return endpoint === undefined ? '' : `${endpoint.method} ${endpoint.path}`;
}
function allowedBad(goodPercent) {
    return Number((100 - goodPercent).toFixed(9));
}
function rounded(value) {
    return Number(value.toFixed(3));
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
;// CONCATENATED MODULE: ./build/bundle/js/load/script.js

const graceTime = 2000;
function k6Script(plan, resultFile) {
    const options = {
        scenarios: {
            load: {
                executor: 'constant-arrival-rate',
                rate: Math.round(plan.rate * 60),
                timeUnit: '1m',
                duration: `${plan.warmUp + plan.duration}ms`,
                preAllocatedVUs: virtualUsers(plan),
                maxVUs: virtualUsers(plan),
                gracefulStop: `${plan.timeout + graceTime}ms`,
            },
        },
        summaryTrendStats: [percentile(plan)],
        discardResponseBodies: true,
    };
    const requests = plan.endpoints.map(({ method, path, headers, body, status }) => ({
        method,
        url: `${plan.url}${path}`,
        body: body ?? null,
        status,
        params: { headers, timeout: plan.timeout, redirects: 0 },
    }));
    const settings = {
        requests,
        schedule: schedule(plan.endpoints.map(({ weight }) => weight)),
        warmUpRequests: plannedRequests({ ...plan, duration: plan.warmUp }),
        timeout: plan.timeout,
        percentile: percentile(plan),
        resultFile,
    };
    return `import http from 'k6/http';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';

export const options = ${JSON.stringify(options)};
const { requests, schedule, warmUpRequests, timeout, percentile, resultFile } = ${JSON.stringify(settings)};

const all = new Trend('latency_all', true);
const sent = requests.map((_, index) => new Counter('sent_' + index));
const bad = requests.map((_, index) => new Counter('bad_' + index));
const unanswered = requests.map((_, index) => new Counter('unanswered_' + index));
const latency = requests.map((_, index) => new Trend('latency_' + index, true));

export default function () {
  const number = exec.scenario.iterationInTest;
  const index = schedule[number % schedule.length];
  const { method, url, body, status, params } = requests[index];
  const response = http.request(method, url, body, params);
  if (number < warmUpRequests) return;
  const answered = response.status !== 0;
  // Without an answer the request took at least the whole time that it had.
  const time = answered ? response.timings.duration : timeout;
  sent[index].add(1);
  if (response.status !== status) bad[index].add(1);
  if (!answered) unanswered[index].add(1);
  latency[index].add(time);
  all.add(time);
}

export function handleSummary({ metrics, state }) {
  const count = (name) => (metrics[name] ? metrics[name].values.count : 0);
  const time = (name) => (metrics[name] ? metrics[name].values[percentile] : null);
  const result = {
    complete: true,
    milliseconds: state.testRunDurationMs,
    dropped: count('dropped_iterations'),
    latency: time('latency_all'),
    endpoints: requests.map((_, index) => ({
      requests: count('sent_' + index),
      bad: count('bad_' + index),
      unanswered: count('unanswered_' + index),
      latency: time('latency_' + index),
    })),
  };
  return { [resultFile]: JSON.stringify(result) };
}
`;
}
function percentile({ objectives }) {
    return `p(${objectives.latency.percent})`;
}
function schedule(weights) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const credit = weights.map(() => 0);
    return Array.from({ length: total }, () => {
        weights.forEach((weight, index) => (credit[index] = (credit[index] ?? 0) + weight));
        const next = credit.indexOf(Math.max(...credit));
        credit[next] = (credit[next] ?? 0) - total;
        return next;
    });
}

;// CONCATENATED MODULE: ./build/bundle/js/load/k6.js



const maxResultBytes = 1024 * 1024;
const maxOutputBytes = 256 * 1024;
const startAndEndTime = 60_000;
async function runK6(plan, k6, context) {
    const script = (0,external_node_path_.join)(context.temp, 'load-test.js');
    const resultFile = (0,external_node_path_.join)(context.temp, 'load-test-result.json');
    await context.files.write(script, k6Script(plan, resultFile));
    const ended = await context.exec(k6, ['run', '--quiet', '--no-color', '--no-usage-report', '--address=', script], {
        env: { ...context.environment, K6_NO_USAGE_REPORT: 'true', K6_NEW_MACHINE_READABLE_SUMMARY: 'false' },
        timeout: plan.warmUp + plan.duration + plan.timeout + graceTime + startAndEndTime,
        maxOutput: maxOutputBytes,
        signal: context.signal,
    });
    if (ended.code !== 0)
        return { failed: endingText(ended) };
    if ((await context.files.kind(resultFile)) !== 'file')
        return { failed: 'k6 ended well and wrote no result' };
    const { readResult } = await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(133)]).then(__webpack_require__.bind(__webpack_require__, 4133));
    const result = readResult(await context.files.readText(resultFile, maxResultBytes), plan.endpoints.length);
    return result === undefined ? { failed: 'the result that k6 wrote is not whole' } : { result };
}
const exitCodes = {
    102: 'the end took too long',
    103: 'the run was stopped over the REST API',
    104: 'the configuration is not valid',
    105: 'a signal stopped the run',
    107: 'the script threw an exception',
    109: 'k6 itself crashed',
};
function endingText({ code, signal, timedOut, stderr }) {
    const last = stderr
        .split('\n')
        .filter((line) => line.includes('level=error'))
        .at(-1);
    const said = last === undefined ? '' : `; its last error: ${(0,report_text/* cut */.Jj)(last, 500)}`;
    if (timedOut)
        return `k6 did not end in time and was stopped${said}`;
    if (code === null)
        return `k6 was ended by ${signal ?? 'a signal'}${said}`;
    const meaning = exitCodes[code];
    return `k6 ended with exit code ${code}${meaning === undefined ? '' : ` (${meaning})`}${said}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/load/slo.js
function objectivesOf({ spec }) {
    const latency = spec.objectives.find((one) => one.indicator?.spec.thresholdMetric !== undefined);
    const errors = spec.objectives.find((one) => one.indicator?.spec.ratioMetric !== undefined);
    if (latency?.value === undefined || errors === undefined)
        throw new Error('the schema let a document through');
    return {
        service: spec.service,
        latency: { percent: percentOf(latency), atMost: latency.value },
        good: { percent: percentOf(errors) },
    };
}
function percentOf({ target, targetPercent, }) {
    return targetPercent ?? Number(((target ?? 0) * 100).toFixed(9));
}

// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/actions/policy-used.js
var policy_used = __webpack_require__(6161);
// EXTERNAL MODULE: ./build/bundle/js/actions/programs.js
var programs = __webpack_require__(7484);
// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
;// CONCATENATED MODULE: ./build/bundle/js/actions/load-test.js












const loadTest = (0,definition_define/* defineAction */.Q)({
    name: 'load-test',
    title: 'Load test',
    description: 'Send requests at a constant rate and hold latency and errors against an OpenSLO objective.',
    icon: 'activity',
    inputs: {
        url: (0,inputs/* url */.OZ)({ doc: 'Address of the service; the paths of the endpoint list are put behind it.' }),
        endpoints: (0,definition_document/* document */.A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(426)]).then(__webpack_require__.bind(__webpack_require__, 426))).endpointsSchema)({
            default: 'load-test.yaml',
            doc: 'The endpoint list: which requests are sent, how often, and what a good answer is.',
        }),
        slo: (0,definition_document/* document */.A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(380)]).then(__webpack_require__.bind(__webpack_require__, 6380))).sloSchema)({
            default: 'slo.yaml',
            doc: 'OpenSLO v1 file with one latency and one error objective.',
        }),
        rate: (0,inputs/* rate */.TS)({ default: '50/s', doc: 'Requests a second or a minute, however fast the service answers.' }),
        duration: (0,inputs/* duration */.p0)({ default: '20s', doc: 'How long requests are counted.' }),
        'warm-up': (0,inputs/* duration */.p0)({ default: '0s', doc: 'How long requests are sent before that, and not counted.' }),
        image: (0,inputs/* image */.Sl)({
            optional: true,
            doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
        }),
        'k6-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'A k6 program to use instead of the pinned one.' }),
    },
    outputs: { requests: 'Number of requests that were counted.' },
    permissions: [{ scope: 'contents', access: 'read', why: 'to check out the endpoint list and the objective' }],
    isTest: true,
    async run({ inputs, context }) {
        const plan = loadPlan(inputs.endpoints.value, {
            url: inputs.url,
            objectives: objectivesOf(inputs.slo.value),
            rate: inputs.rate,
            duration: inputs.duration,
            warmUp: inputs['warm-up'],
        });
        const problem = planProblem(plan);
        if (problem !== undefined)
            throw new values/* UsageError */.eb(`These inputs make no load test: ${problem}.`);
        const k6 = await context.program('k6', inputs['k6-path']);
        const { findings, measurements, sections, requests } = judge(plan, await runK6(plan, k6.path, context));
        return (0,report/* conclude */.E)({
            examined: { count: requests, what: 'request' },
            findings,
            passed: `${requests} requests kept both objectives of ${plan.objectives.service}.`,
            measurements,
            sections,
            subjects: (0,subjects/* subjectsOf */.Z)(inputs.image, context),
            policy: (0,policy_used/* policyUsed */.i)(inputs.slo),
            programs: [(0,programs/* programUsed */.q)(k6)],
            outputs: { requests },
        });
    },
});


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

/***/ 7484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ programUsed)
/* harmony export */ });
function programUsed({ name, version, sha256, origin }) {
    return { name, version, sha256, origin };
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


/***/ })

};
