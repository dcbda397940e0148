export const id = 404;
export const ids = [404];
export const modules = {

/***/ 404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   canaryPolicySchema: () => (/* binding */ canaryPolicySchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3516);
/* harmony import */ var _documents_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9534);
/* harmony import */ var _documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2704);



const duration = (0,_documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .durationText */ .S)('5m');
const share = zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().gt(0).lt(1);
const stage = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    weight: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).max(100).describe('Percent of the traffic that the candidate gets.'),
    'max-duration': duration.describe('A stage that has not got the requests it needs by then is inconclusive.'),
});
const metrics = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    selector: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*\{.*\}$/s, { error: 'A selector is a metric name with labels in braces.' })
        .includes('{backend}', { error: 'A selector needs `{backend}`: without it both sides are the same requests.' })
        .describe('Series selector of a request counter; {namespace}, {route} and {backend} stand for their names.'),
    'code-label': zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
        .describe('Label with the status code. Bad is every code but 100 to 498: errors, and no answer (499, 0).'),
});
const canaryPolicySchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(1),
    stages: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(stage).min(2).max(10),
    'baseline-errors': share.max(0.5).describe('Share of bad requests that a healthy baseline has at most.'),
    'detect-ratio': zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .min(1.5)
        .max(1000)
        .describe('How many times as many bad requests the canary must be able to see.'),
    'error-objective': share.describe('Share of bad requests that the candidate may have, whatever the baseline has.'),
    'false-alarm-rate': zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .min(0.0001)
        .max(0.2)
        .describe('How often a healthy candidate may be sent back, over the whole canary.'),
    power: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig()
        .min(0.5)
        .max(0.99)
        .describe('How often a candidate as bad as detect-ratio says must be seen, in each stage.'),
    'hold-limit': duration.describe('How long the candidate keeps its traffic while no new metrics arrive.'),
    'poll-interval': duration.describe('How often the metrics are read.'),
    metrics,
})
    .superRefine((policy, context) => {
    const problem = (path, message) => context.addIssue({ code: 'custom', path: [path], message });
    const weights = policy.stages.map(({ weight }) => weight);
    if (weights.some((weight, index) => index > 0 && weight <= (weights[index - 1] ?? 0)))
        problem('stages', 'Each stage gives the candidate more traffic than the one before.');
    if (weights.at(-1) !== 100)
        problem('stages', 'The last stage has weight 100: only then the candidate is released.');
    if (policy['baseline-errors'] * policy['detect-ratio'] > 1)
        problem('detect-ratio', 'That many times `baseline-errors` are more bad requests than requests.');
    if ((0,_documents_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .milliseconds */ .Rz)(policy['poll-interval']) < 100)
        problem('poll-interval', 'At least 100ms: the source must bear it.');
    if (policy['error-objective'] < policy['baseline-errors'])
        problem('error-objective', 'It is below `baseline-errors`: the baseline itself may miss it.');
});


/***/ }),

/***/ 2704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ durationText)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9534);


function durationText(example) {
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .durationPattern */ .Zq, { error: `A duration is a number with a unit, such as \`${example}\`.` });
}


/***/ })

};
