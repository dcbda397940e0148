export const id = 976;
export const ids = [976];
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
    const credentials = login ?? (await (0,registry_credentials/* dockerCredentials */.d8)(registry, { files, exec, environment }));
    return new Repository({ http, clock, signal }, { registry, repository, access, credentials });
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


/***/ }),

/***/ 2783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d8: () => (/* binding */ dockerCredentials),
/* harmony export */   gr: () => (/* binding */ isDockerHub),
/* harmony export */   p1: () => (/* binding */ dockerConfig)
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
function dockerConfig(registry, { username, password }) {
    const entry = { auth: Buffer.from(`${username}:${password}`).toString('base64') };
    return JSON.stringify({ auths: { [registry]: entry, ...(isDockerHub(registry) && { [hubKey]: entry }) } });
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
            return await (0,retry/* requestPatiently */.qQ)(this.#network, url.href, options);
        }
        catch (error) {
            if (error instanceof retry/* NoAnswerError */.i5)
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
    return (0,credentials/* isDockerHub */.gr)(registry) ? 'registry-1.docker.io' : registry;
}
function apiPath({ registry, repository }) {
    return (0,credentials/* isDockerHub */.gr)(registry) && !repository.includes('/') ? `library/${repository}` : repository;
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


/***/ })

};
