export const id = 380;
export const ids = [380];
export const modules = {

/***/ 6380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sloSchema: () => (/* binding */ sloSchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);

const text = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP();
function refused(why) {
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .never */ .ZmZ({ error: why }).optional();
}
function k6Metric(name) {
    const error = `load-test measures with k6: write \`metricSource: { type: k6, spec: { metric: ${name} } }\`.`;
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
        metricSource: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ type: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('k6', { error }), spec: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ metric: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(name, { error }) }, { error }) }, { error }),
    });
}
const indicator = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    metadata: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ name: text }),
    spec: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
        description: text.optional(),
        thresholdMetric: k6Metric('http_req_duration').optional(),
        ratioMetric: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
            counter: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional(),
            bad: k6Metric('http_req_failed'),
            total: k6Metric('http_reqs'),
            good: refused('k6 counts bad requests; use `bad` and `total`.'),
            raw: refused('A load test counts requests itself; use `bad` and `total`.'),
            rawType: refused('A load test counts requests itself; use `bad` and `total`.'),
        })
            .optional(),
    }),
});
const objective = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    displayName: text.optional(),
    op: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('lte', { error: 'load-test knows only `lte`: an answer is fast when it took at most `value`.' })
        .optional(),
    value: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().positive().optional(),
    target: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().gt(0).lt(1).optional(),
    targetPercent: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().gt(0).lt(100).optional(),
    indicator: indicator.optional(),
    indicatorRef: refused('load-test reads no other file: write the indicator here.'),
    timeSliceTarget: refused('Time slices are not for a load test; use `Occurrences`.'),
    timeSliceWindow: refused('Time slices are not for a load test; use `Occurrences`.'),
    compositeWeight: refused('A load test holds every objective by itself; weights have no meaning.'),
});
const ownIndicator = 'Give each objective an `indicator` of its own: one for latency, one for errors.';
const sloSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    apiVersion: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('openslo/v1', { error: 'load-test reads OpenSLO v1: `apiVersion: openslo/v1`.' }),
    kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('SLO', { error: 'load-test reads one object of `kind: SLO`.' }),
    metadata: zod__WEBPACK_IMPORTED_MODULE_0__/* .looseObject */ ._H3({ name: text }),
    spec: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
        description: text.optional(),
        service: text,
        budgetingMethod: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('Occurrences', {
            error: 'load-test counts requests, which OpenSLO calls `budgetingMethod: Occurrences`.',
        }),
        timeWindow: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).optional(),
        alertPolicies: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).optional(),
        indicator: refused(ownIndicator),
        indicatorRef: refused(ownIndicator),
        objectives: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(objective).superRefine(checkObjectives),
    }),
});
function checkObjectives(objectives, context) {
    const problem = (path, message) => context.addIssue({ code: 'custom', path, message });
    objectives.forEach((one, index) => {
        const spec = one.indicator?.spec;
        if ((one.target === undefined) === (one.targetPercent === undefined))
            problem([index], 'Give either `target` or `targetPercent`.');
        if (spec === undefined)
            problem([index], ownIndicator);
        else if ((spec.thresholdMetric === undefined) === (spec.ratioMetric === undefined))
            problem([index, 'indicator', 'spec'], 'Give either `thresholdMetric` (latency) or `ratioMetric` (errors).');
        else if (spec.thresholdMetric !== undefined && (one.op === undefined || one.value === undefined))
            problem([index], 'A latency objective needs `op: lte` and `value`, in milliseconds.');
        else if (spec.ratioMetric !== undefined && (one.op !== undefined || one.value !== undefined))
            problem([index], 'An error objective has a target only, no `op` and no `value`.');
    });
    const latency = objectives.filter((one) => one.indicator?.spec.thresholdMetric !== undefined).length;
    const errors = objectives.filter((one) => one.indicator?.spec.ratioMetric !== undefined).length;
    if (latency !== 1 || errors !== 1)
        problem([], `A load test needs one latency and one error objective; there are ${latency} and ${errors}.`);
}


/***/ })

};
