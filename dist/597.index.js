export const id = 597;
export const ids = [597];
export const modules = {

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


/***/ }),

/***/ 5597:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   promotionPolicySchema: () => (/* binding */ promotionPolicySchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3516);
/* harmony import */ var _documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2704);


const duration = (0,_documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .durationText */ .S)('24h');
const commit = /^[0-9a-f]{40}$/;
const ref = /^refs\/(?:heads|tags)\/[\w./-]+$/;
const signer = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    workflow: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/, {
        error: 'Write owner/name/.github/workflows/file.yml.',
    })
        .describe('The workflow file whose job signs: for a reusable workflow that file, not the one that calls it.'),
    at: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().refine((text) => commit.test(text) || ref.test(text), {
        error: 'Write a commit of 40 hex digits, or a whole ref such as refs/tags/v1.0.0.',
    }))
        .min(1)
        .describe('Commits and refs of that file that are trusted. Name the next one before you move to it.'),
})
    .describe('Whose signature counts.');
const clause = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    evidence: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(/^[a-z][a-z0-9-]*$/)
        .describe('`signature`, `sbom`, or the name of a gate, such as `trivy-gate`.'),
    by: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe('Name of the signer.'),
    'maximum-age': duration.optional().describe('How long ago it may have been signed.'),
    policy: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .optional()
        .describe('The policy that the gate must have used: a file, or `built-in:policies/<name>.yaml`.'),
})
    .refine(({ evidence, policy }) => policy === undefined || !['signature', 'sbom'].includes(evidence), {
    error: 'Only a gate has a policy.',
    path: ['policy'],
});
const stage = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    after: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        stage: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe('The stage before. Its clauses hold here too.'),
        by: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().describe('Name of the signer that deploys.'),
        'bake-time': duration.describe('How long the digest must have run there.'),
    })
        .optional(),
    require: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(clause).min(1),
});
const promotionPolicySchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(1),
    issuer: zod__WEBPACK_IMPORTED_MODULE_1__/* .url */ .OZ5().default('https://token.actions.githubusercontent.com').describe('Issuer of the identity tokens.'),
    source: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        repository: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[\w.-]+\/[\w.-]+$/, { error: 'Write owner/name.' }),
        id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
            .regex(/^\d+$/, { error: 'Write the number in quotes.' })
            .describe('Number of the repository: `gh api repos/<owner>/<name> --jq .id`. A name can change hands, a number cannot.'),
        refs: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(ref, { error: 'Write a whole ref such as refs/heads/main.' })).min(1),
    })
        .describe('Where the code must come from.'),
    signers: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), signer),
    programs: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['release', 'source', 'unverified']))
        .default(['release', 'source'])
        .describe('How well the programs that gates ran must be known: a published digest, a build from committed sums, or nothing.'),
    stages: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), stage),
})
    .superRefine((policy, context) => {
    for (const [name, { after, require }] of Object.entries(policy.stages)) {
        for (const [index, { by }] of require.entries()) {
            if (!Object.hasOwn(policy.signers, by))
                context.addIssue({
                    code: 'custom',
                    path: ['stages', name, 'require', index, 'by'],
                    message: `There is no signer \`${by}\`.`,
                });
        }
        if (after === undefined)
            continue;
        const path = ['stages', name, 'after'];
        if (!Object.hasOwn(policy.signers, after.by))
            context.addIssue({ code: 'custom', path: [...path, 'by'], message: `There is no signer \`${after.by}\`.` });
        if (!Object.hasOwn(policy.stages, after.stage))
            context.addIssue({
                code: 'custom',
                path: [...path, 'stage'],
                message: `There is no stage \`${after.stage}\`.`,
            });
        else if (comesAfterItself(policy.stages, name))
            context.addIssue({ code: 'custom', path: [...path, 'stage'], message: 'The stages go round in a circle.' });
    }
});
function comesAfterItself(stages, name) {
    const seen = new Set();
    for (let at = name; at !== undefined; at = stages[at]?.after?.stage) {
        if (seen.has(at))
            return true;
        seen.add(at);
    }
    return false;
}


/***/ })

};
