export const id = 673;
export const ids = [673];
export const modules = {

/***/ 5441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DQ: () => (/* binding */ loginOf),
  P4: () => (/* binding */ registryInputs),
  _M: () => (/* binding */ repositoryOf)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/registry/errors.js
var errors = __webpack_require__(8442);
// EXTERNAL MODULE: ./build/bundle/js/registry/manifest.js
var registry_manifest = __webpack_require__(3932);
// EXTERNAL MODULE: ./build/bundle/js/registry/transport.js + 1 modules
var transport = __webpack_require__(4747);
;// CONCATENATED MODULE: ./build/bundle/js/registry/client.js



const manifestTypes = [registry_manifest/* mediaTypes */.Ib.image, registry_manifest/* mediaTypes */.Ib.index, registry_manifest/* mediaTypes */.Ib.dockerImage, registry_manifest/* mediaTypes */.Ib.dockerIndex].join(', ');
const maxErrorLength = 200;
const uploads = 3;
class Repository {
    name;
    #transport;
    network;
    constructor(network, target) {
        this.name = `${target.registry}/${target.repository}`;
        this.#transport = new transport/* Transport */.o(network, target);
        this.network = network;
    }
    async manifest(digest) {
        const found = await this.#findManifest(digest);
        if (found === undefined)
            throw new errors/* RegistryError */.g('missing', `${this.name} has no manifest ${digest}.`);
        if (found.manifest.digest !== digest)
            throw this.#wrongBytes(digest, found.manifest.digest);
        return found.manifest;
    }
    async tagged(tag) {
        return this.#findManifest(tag);
    }
    async #findManifest(reference) {
        const answer = await this.#transport.request(`manifests/${reference}`, {
            headers: { accept: manifestTypes },
            maxBytes: registry_manifest/* maxManifestBytes */.rq,
        });
        if (answer.status === 404)
            return undefined;
        this.#expect(answer, [200], `give the manifest ${reference}`);
        const manifest = (0,registry_manifest/* readManifest */.WI)(answer.body, contentType(answer) ?? String((0,registry_manifest/* parseObject */.lj)(answer.body).mediaType));
        const stated = answer.headers['docker-content-digest'];
        if (stated?.startsWith('sha256:') && stated !== manifest.digest)
            throw this.#wrongBytes(stated, manifest.digest);
        return { manifest, etag: answer.headers.etag };
    }
    async blob(digest, maxBytes) {
        const answer = await this.#transport.request(`blobs/${digest}`, { maxBytes });
        if (answer.status === 404)
            throw new errors/* RegistryError */.g('missing', `${this.name} has no blob ${digest}.`);
        this.#expect(answer, [200], `give the blob ${digest}`);
        const found = (0,registry_manifest/* digestOf */.ol)(answer.body);
        if (found !== digest)
            throw this.#wrongBytes(digest, found);
        return answer.body;
    }
    async pushBlob(content) {
        const digest = (0,registry_manifest/* digestOf */.ol)(content);
        for (let upload = 1; !(await this.#hasBlob(digest)); upload++) {
            const answer = await this.#upload(content, digest);
            if (answer.status === 201 || answer.status === 204)
                break;
            if (upload === uploads)
                this.#expect(answer, [], 'take a blob');
        }
        return { digest, size: content.length };
    }
    async #hasBlob(digest) {
        return (await this.#transport.request(`blobs/${digest}`, { method: 'HEAD' })).status === 200;
    }
    async #upload(content, digest) {
        const begun = await this.#transport.request('blobs/uploads/', { method: 'POST' });
        this.#expect(begun, [202], 'begin an upload');
        const location = begun.headers.location;
        if (location === undefined)
            throw new errors/* RegistryError */.g('invalid', `${this.name} began an upload nowhere.`);
        const url = this.#transport.resolve(location, 'blobs/uploads/');
        url.searchParams.set('digest', digest);
        const headers = { 'content-type': 'application/octet-stream' };
        return this.#transport.request(url, { method: 'PUT', headers, body: content });
    }
    async pushManifest(content, mediaType) {
        const digest = (0,registry_manifest/* digestOf */.ol)(content);
        const answer = await this.#putManifest(digest, content, mediaType);
        this.#expect(answer, [201, 202], 'take a manifest');
        return { mediaType, digest, size: content.length };
    }
    async moveTag(tag, content, mediaType, seen, timeout) {
        const etag = seen?.etag;
        const condition = seen === undefined ? { 'if-none-match': '*' } : etag === undefined ? {} : { 'if-match': etag };
        const answer = await this.#putManifest(tag, content, mediaType, { headers: condition, timeout, tries: 1 });
        if (answer.status === 412)
            return false;
        this.#expect(answer, [201, 202], `take a new version of the tag ${tag}`);
        return true;
    }
    #putManifest(reference, content, mediaType, options = {}) {
        return this.#transport.request(`manifests/${reference}`, {
            ...options,
            method: 'PUT',
            headers: { ...options.headers, 'content-type': mediaType },
            body: content,
        });
    }
    async referrersPage(digest, next) {
        const path = `referrers/${digest}`;
        const url = next === undefined ? path : this.#transport.resolve(next, path);
        const options = { headers: { accept: registry_manifest/* mediaTypes */.Ib.index }, maxBytes: registry_manifest/* maxManifestBytes */.rq };
        const answer = await this.#transport.request(url, options);
        if ([400, 404, 405, 406].includes(answer.status))
            return undefined;
        this.#expect(answer, [200], `list what is attached to ${digest}`);
        if (contentType(answer) !== registry_manifest/* mediaTypes */.Ib.index)
            return undefined;
        const { manifests } = (0,registry_manifest/* parseObject */.lj)(answer.body);
        if (!Array.isArray(manifests))
            throw new errors/* RegistryError */.g('invalid', `${this.name} lists referrers without a list.`);
        return { entries: manifests, next: nextPage(answer.headers.link) };
    }
    #expect(answer, statuses, what) {
        if (statuses.includes(answer.status))
            return;
        const problem = answer.status === 404 ? 'missing' : 'invalid';
        throw new errors/* RegistryError */.g(problem, `${this.name} did not ${what}: ${answer.status}${reasonIn(answer.body)}.`);
    }
    #wrongBytes(expected, found) {
        return new errors/* RegistryError */.g('invalid', `${this.name} was asked for ${expected} and gave ${found}.`);
    }
}
function contentType({ headers }) {
    return headers['content-type']?.split(';', 1)[0]?.trim();
}
function nextPage(link) {
    return /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '')?.[1];
}
function reasonIn(body) {
    try {
        const { errors } = JSON.parse(new TextDecoder().decode(body));
        const { code = '', message = '' } = errors?.[0] ?? {};
        const words = [code, message].filter((word) => typeof word === 'string' && word !== '');
        return words.length === 0 ? '' : `, ${words.join(': ').slice(0, maxErrorLength)}`;
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: ./build/bundle/js/registry/credentials.js
var registry_credentials = __webpack_require__(2783);
;// CONCATENATED MODULE: ./build/bundle/js/actions/registry.js




const registryInputs = {
    'registry-username': (0,inputs/* text */.Qq)({
        optional: true,
        doc: 'User of the registry. Without it the logins of Docker are used, such as docker/login-action leaves them.',
    }),
    'registry-password': (0,inputs/* secret */.rJ)({ optional: true, doc: 'Password or token of that user.' }),
};
function loginOf(inputs) {
    const { 'registry-username': username, 'registry-password': password } = inputs;
    if (username === undefined && password === undefined)
        return undefined;
    if (username === undefined || password === undefined) {
        throw new values/* UsageError */.eb('Inputs `registry-username` and `registry-password` must be given together, or neither.');
    }
    return { username, password };
}
async function repositoryOf(image, access, login, { http, clock, signal, files, exec, environment }) {
    const { registry, repository } = image;
    const credentials = login ?? (await (0,registry_credentials/* dockerCredentials */.d)(registry, { files, exec, environment }));
    return new Repository({ http, clock, signal }, { registry, repository, access, credentials });
}


/***/ }),

/***/ 1600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ subjectsOf)
/* harmony export */ });
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4792);

function subjectsOf(image, { run }) {
    if (image !== undefined)
        return [{ name: `${image.registry}/${image.repository}`, digest: { sha256: (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256Of */ .B)(image) } }];
    if (run === undefined || run.sha === '')
        return [];
    return [{ name: `git+${run.serverUrl}/${run.repository}`, digest: { gitCommit: run.sha } }];
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
/* harmony export */   i: () => (/* binding */ NoAnswerError),
/* harmony export */   q: () => (/* binding */ requestPatiently)
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
            if (answer.status < 500 && answer.status !== 429 && answer.status !== 408)
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


/***/ }),

/***/ 2783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ dockerCredentials),
/* harmony export */   g: () => (/* binding */ isDockerHub)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8442);


const maxConfigBytes = 1024 * 1024;
const helperTimeout = 30_000;
const hubKey = 'https://index.docker.io/v1/';
async function dockerCredentials(registry, sources) {
    const config = await readConfig(sources);
    const key = isDockerHub(registry) ? hubKey : registry;
    const helper = text(section(config.credHelpers)[key]) ?? text(config.credsStore);
    if (helper !== undefined)
        return askHelper(helper, key, sources);
    const entry = Object.entries(section(config.auths)).find(([name]) => hostOf(name) === hostOf(key));
    return entry === undefined ? undefined : credentialsOf(section(entry[1]));
}
function isDockerHub(registry) {
    return ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(registry);
}
async function readConfig({ files, environment }) {
    const folder = environment.DOCKER_CONFIG ?? (environment.HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(environment.HOME, '.docker'));
    if (folder === undefined || folder === '')
        return {};
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'config.json');
    if ((await files.kind(path)) === 'missing')
        return {};
    try {
        return section(JSON.parse(await files.readText(path, maxConfigBytes)));
    }
    catch {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('refused', `Docker's configuration ${path} cannot be read: it is not JSON.`);
    }
}
function credentialsOf(entry) {
    const identityToken = text(entry.identitytoken);
    if (identityToken !== undefined)
        return { identityToken };
    const [, user = text(entry.username), word = text(entry.password)] = /^([^:]*):([^]*)$/.exec(Buffer.from(text(entry.auth) ?? '', 'base64').toString('utf8')) ?? [];
    return user === undefined || word === undefined ? undefined : { username: user, password: word };
}
async function askHelper(name, key, { exec, environment }) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('refused', "Docker's configuration names a credential helper that is no program name.");
    }
    const program = `docker-credential-${name}`;
    const failure = (why, cause) => new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('refused', `${program}, which Docker's configuration names for ${hostOf(key)}, ${why}.`, cause);
    const options = { input: key, env: environment, timeout: helperTimeout, maxOutput: maxConfigBytes };
    const result = await exec(program, ['get'], options).catch((error) => {
        throw failure('cannot be started', error);
    });
    if (result.code !== 0) {
        if (/credentials not found/i.test(result.stdout))
            return undefined;
        throw failure(result.timedOut ? 'did not answer in time' : `failed with exit code ${result.code ?? 'none'}`);
    }
    const answer = helperAnswer(result.stdout);
    const username = text(answer.Username);
    const secret = text(answer.Secret);
    if (username === undefined || secret === undefined)
        throw failure('gave no credentials');
    return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}
function helperAnswer(output) {
    try {
        return section(JSON.parse(output));
    }
    catch {
        return {};
    }
}
function hostOf(key) {
    return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
function section(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}


/***/ }),

/***/ 8442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ RegistryError)
/* harmony export */ });
class RegistryError extends Error {
    name = 'RegistryError';
    problem;
    constructor(problem, message, cause) {
        super(message, { cause });
        this.problem = problem;
    }
}


/***/ }),

/***/ 3932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   qq: () => (/* binding */ readDescriptor),
/* harmony export */   rq: () => (/* binding */ maxManifestBytes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8442);


const mediaTypes = {
    image: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    empty: 'application/vnd.oci.empty.v1+json',
};
const maxManifestBytes = 4 * 1024 * 1024;
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function readManifest(bytes, mediaType) {
    const content = parseObject(bytes);
    const isIndex = mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;
    const children = content[isIndex ? 'manifests' : 'layers'];
    const stated = content.mediaType;
    if (!Array.isArray(children) || (stated !== undefined && stated !== mediaType)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('invalid', `The manifest ${digestOf(bytes)} is no ${mediaType}.`);
    }
    return {
        mediaType,
        digest: digestOf(bytes),
        size: bytes.length,
        bytes,
        children: children.map(readDescriptor),
        subject: content.subject === undefined ? undefined : readDescriptor(content.subject),
        isIndex,
    };
}
function readDescriptor(value) {
    const { mediaType, digest, size, artifactType, annotations } = (value ?? {});
    const isValid = typeof mediaType === 'string' &&
        typeof digest === 'string' &&
        /^sha256:[0-9a-f]{64}$/.test(digest) &&
        typeof size === 'number' &&
        Number.isSafeInteger(size) &&
        size >= 0;
    if (!isValid)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('invalid', 'A manifest names something without a valid media type, digest and size.');
    return {
        mediaType,
        digest,
        size,
        ...(typeof artifactType === 'string' && { artifactType }),
        ...(isTextMap(annotations) && { annotations }),
    };
}
function parseObject(bytes) {
    let content;
    try {
        content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('invalid', 'The registry gave a manifest that is not JSON.', error);
    }
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .g('invalid', 'The registry gave a manifest that is no JSON object.');
    }
    return content;
}
function isTextMap(value) {
    return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');
}


/***/ }),

/***/ 4747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ Transport),
  f: () => (/* binding */ isPlainHttp)
});

// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/js/effects/retry.js
var retry = __webpack_require__(9522);
;// CONCATENATED MODULE: ./build/bundle/js/registry/challenge.js
const parameter = String.raw `[A-Za-z][\w-]*\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)`;
const challengePattern = new RegExp(`(?:^|,)\\s*([A-Za-z]+)(?:\\s+(${parameter}(?:\\s*,\\s*${parameter})*))?`, 'g');
const parameterPattern = /([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;
function parseChallenges(header) {
    return [...header.matchAll(challengePattern)].flatMap(([, name = '', list = '']) => {
        const scheme = name.toLowerCase();
        return scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters: parametersOf(list) }] : [];
    });
}
function parametersOf(list) {
    const pairs = [...list.matchAll(parameterPattern)].map(([, name = '', quoted, plain]) => [
        name.toLowerCase(),
        quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
    ]);
    return Object.fromEntries(pairs);
}

// EXTERNAL MODULE: ./build/bundle/js/registry/credentials.js
var credentials = __webpack_require__(2783);
// EXTERNAL MODULE: ./build/bundle/js/registry/errors.js
var errors = __webpack_require__(8442);
;// CONCATENATED MODULE: ./build/bundle/js/registry/transport.js





const maxRedirects = 5;
const maxTokenBytes = 1024 * 1024;
class Transport {
    #network;
    #target;
    #base;
    #authorization;
    constructor(network, target) {
        this.#network = network;
        this.#target = target;
        this.#base = new URL(`${isPlainHttp(target.registry) ? 'http' : 'https'}://${apiHost(target.registry)}/v2/${apiPath(target)}/`);
    }
    get host() {
        return this.#base.host;
    }
    async request(path, options = {}) {
        let url = new URL(path, this.#base);
        for (let hop = 0; hop <= maxRedirects; hop++) {
            const answer = await this.#proven(url, options);
            const { location } = answer.headers;
            const follows = ['GET', 'HEAD'].includes(options.method ?? 'GET');
            if (!follows || ![301, 302, 303, 307, 308].includes(answer.status) || location === undefined)
                return answer;
            url = this.resolve(location, url);
        }
        throw new errors/* RegistryError */.g('invalid', `${this.host} redirects more than ${maxRedirects} times.`);
    }
    resolve(location, from) {
        const base = new URL(from, this.#base).href;
        const url = URL.canParse(location, base) ? new URL(location, base) : undefined;
        const plain = url?.protocol === 'http:' && isLoopback(url.hostname) && this.#base.protocol === 'http:';
        if (url === undefined || (url.protocol !== 'https:' && !plain)) {
            throw new errors/* RegistryError */.g('invalid', `${this.host} names an address that is not https.`);
        }
        return url;
    }
    async #proven(url, options) {
        const ours = url.origin === this.#base.origin;
        const send = () => {
            const authorization = ours && this.#authorization !== undefined ? { authorization: this.#authorization } : {};
            return this.#patient(url, { ...options, headers: { ...options.headers, ...authorization } });
        };
        let answer = await send();
        if (answer.status === 401 && ours && (await this.#prove(answer.headers['www-authenticate'] ?? ''))) {
            answer = await send();
        }
        if (answer.status === 401 || answer.status === 403)
            throw this.#refusal(url, answer.status);
        return answer;
    }
    #refusal(url, status) {
        const { registry, repository, access, credentials } = this.#target;
        const who = credentials === undefined ? 'a request without credentials' : 'the credentials given';
        const what = access === 'pull' ? 'pull from' : 'push to';
        return new errors/* RegistryError */.g('refused', `${url.host} refused ${who} to ${what} ${registry}/${repository} (${status}).`);
    }
    async #prove(header) {
        const challenges = parseChallenges(header);
        const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
        const { credentials } = this.#target;
        if (bearer !== undefined) {
            this.#authorization = `Bearer ${await this.#token(bearer)}`;
            return true;
        }
        if (challenges.length === 0 || credentials === undefined || 'identityToken' in credentials)
            return false;
        this.#authorization = basic(credentials);
        return true;
    }
    async #token({ parameters }) {
        const { credentials, access } = this.#target;
        if (parameters.realm === undefined)
            throw new errors/* RegistryError */.g('invalid', `${this.host} names no token service.`);
        const realm = this.resolve(parameters.realm, this.#base);
        const query = {
            ...(parameters.service !== undefined && { service: parameters.service }),
            scope: `repository:${apiPath(this.#target)}:${access}`,
        };
        const answer = await (credentials !== undefined && 'identityToken' in credentials
            ? this.#patient(realm, {
                method: 'POST',
                headers: { 'content-type': 'application/x-www-form-urlencoded' },
                body: new URLSearchParams({
                    ...query,
                    grant_type: 'refresh_token',
                    client_id: 'slipway',
                    refresh_token: credentials.identityToken,
                }).toString(),
                maxBytes: maxTokenBytes,
            })
            : this.#patient(withQuery(realm, query), {
                headers: credentials === undefined ? {} : { authorization: basic(credentials) },
                maxBytes: maxTokenBytes,
            }));
        const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
        if (token === undefined)
            throw this.#refusal(realm, answer.status);
        return token;
    }
    async #patient(url, options) {
        try {
            return await (0,retry/* requestPatiently */.q)(this.#network, url.href, options);
        }
        catch (error) {
            if (error instanceof retry/* NoAnswerError */.i)
                throw new errors/* RegistryError */.g('unreachable', error.message, error);
            if (error instanceof effects/* TooLargeError */.q)
                throw new errors/* RegistryError */.g('invalid', `${error.message}.`, error);
            throw error;
        }
    }
}
function isLoopback(hostname) {
    const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
    return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost' || host.endsWith('.localhost');
}
function isPlainHttp(registry) {
    return isLoopback(registry.replace(/:\d+$/, ''));
}
function apiHost(registry) {
    return (0,credentials/* isDockerHub */.g)(registry) ? 'registry-1.docker.io' : registry;
}
function apiPath({ registry, repository }) {
    return (0,credentials/* isDockerHub */.g)(registry) && !repository.includes('/') ? `library/${repository}` : repository;
}
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
function withQuery(url, query) {
    const result = new URL(url);
    for (const [name, value] of Object.entries(query))
        result.searchParams.set(name, value);
    return result;
}
function tokenIn(body) {
    try {
        const answer = JSON.parse(new TextDecoder().decode(body));
        const token = answer.token ?? answer.access_token;
        return typeof token === 'string' && token !== '' ? token : undefined;
    }
    catch {
        return undefined;
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
