export const id = 415;
export const ids = [415];
export const modules = {

/***/ 3749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   promoteAction: () => (/* binding */ promoteAction)
/* harmony export */ });
/* harmony import */ var _definition_define_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2504);
/* harmony import */ var _definition_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9114);
/* harmony import */ var _definition_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5390);
/* harmony import */ var _effects_forge_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9311);
/* harmony import */ var _promotion_rules_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5044);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6020);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9639);
/* harmony import */ var _promotion_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3023);
/* harmony import */ var _subjects_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1600);









const lookEvery = 5000;
const promoteAction = (0,_definition_define_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .Q)({
    name: 'promote',
    title: 'Promotion',
    description: 'Let an image by digest enter a stage only when its signed evidence satisfies the policy of that stage.',
    icon: 'check-circle',
    inputs: {
        image: (0,_definition_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .image */ .Sl)({ doc: 'The image to promote. A tag beside the digest must still name it.' }),
        stage: (0,_definition_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .stageName */ .CT)({ doc: 'Stage that the image wants to enter, as the policy calls it.' }),
        policy: (0,_definition_document_js__WEBPACK_IMPORTED_MODULE_2__/* .document */ .A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(597)]).then(__webpack_require__.bind(__webpack_require__, 5597))).promotionPolicySchema)({
            default: 'built-in:policies/promotion.yaml',
            doc: 'What each stage requires (`schemas/promotion.json`). Start from the built-in one, which nobody satisfies.',
        }),
        wait: (0,_definition_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)({
            default: '0s',
            doc: 'How long to wait when nothing but the bake time of the stage before is missing.',
        }),
        'github-token': (0,_definition_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ default: '${{ github.token }}', doc: 'Token that writes the check run.' }),
        ..._promotion_js__WEBPACK_IMPORTED_MODULE_3__/* .promotionInputs */ .V,
    },
    outputs: {
        image: 'The image by digest, when it may enter; empty otherwise. Deploy this, never a tag.',
    },
    permissions: [
        { scope: 'contents', access: 'read', why: 'to check out the policy' },
        { scope: 'packages', access: 'read', why: 'to read the evidence of an image in ghcr.io' },
        { scope: 'checks', access: 'write', why: 'to show the decision as a check of the commit' },
    ],
    async run({ inputs, context }) {
        const decision = await decideInTime(() => (0,_promotion_js__WEBPACK_IMPORTED_MODULE_3__.promote)(inputs, context), inputs.wait, context);
        const report = (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .conclude */ .E)({
            examined: { count: decision.table.rows.length, what: 'clause of the policy' },
            findings: decision.findings,
            passed: `${inputs.image.text} may enter ${inputs.stage}.`,
            sections: [decision.table],
            subjects: (0,_subjects_js__WEBPACK_IMPORTED_MODULE_5__/* .subjectsOf */ .Z)(inputs.image, context),
            policy: decision.policy,
            predicates: [decision.summary],
            outputs: { image: decision.verdict === 'pass' ? inputs.image.text : '' },
        });
        const check = await writeCheck(report, inputs.stage, inputs['github-token'], context);
        return { ...report, findings: [...report.findings, ...check] };
    },
});
async function decideInTime(decide, wait, { clock, log, signal }) {
    const end = clock.now().getTime() + wait;
    let decision = await decide();
    for (;;) {
        const missing = bakeTimeMissing(decision);
        if (missing === undefined || clock.now().getTime() >= end)
            return decision;
        log.info(`${missing.message} Waiting.`);
        await clock.sleep(Math.min(lookEvery, end - clock.now().getTime()), signal);
        decision = await decide();
    }
}
function bakeTimeMissing({ findings }) {
    const [first, ...others] = findings.filter(({ rule }) => rule.outcome !== 'note');
    return first?.rule === _promotion_rules_js__WEBPACK_IMPORTED_MODULE_6__/* .promotionRules */ .r.notBaked && others.every(({ rule }) => rule === first.rule) ? first : undefined;
}
async function writeCheck(report, stage, token, context) {
    if (context.run === undefined)
        return [];
    const title = `Promotion to ${stage}`;
    try {
        const forge = await context.forge(token);
        await forge.createCheckRun({
            name: `slipway / promotion to ${stage}`,
            sha: context.run.sha,
            conclusion: report.verdict === 'pass' ? 'success' : 'failure',
            title: report.headline,
            summary: (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_7__/* .renderMarkdown */ .Gc)(report, title, _report_markdown_js__WEBPACK_IMPORTED_MODULE_7__/* .checkMaxBytes */ .uF),
        });
        return [];
    }
    catch (error) {
        if (!(error instanceof _effects_forge_js__WEBPACK_IMPORTED_MODULE_8__/* .ForgeError */ .Q))
            throw error;
        return [{ rule: _promotion_rules_js__WEBPACK_IMPORTED_MODULE_6__/* .promotionRules */ .r.checkNotWritten, message: error.message }];
    }
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
