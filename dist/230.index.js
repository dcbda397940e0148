export const id = 230;
export const ids = [230];
export const modules = {

/***/ 7484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ programUsed)
/* harmony export */ });
function programUsed({ name, version, sha256, origin }) {
    return { name, version, sha256, origin };
}


/***/ }),

/***/ 7230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sbomSign: () => (/* binding */ sbomSign)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/bundle/js/registry/referrers.js + 1 modules
var registry_referrers = __webpack_require__(7185);
// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/js/effects/retry.js
var retry = __webpack_require__(9522);
// EXTERNAL MODULE: ./build/bundle/js/signing/errors.js
var errors = __webpack_require__(410);
// EXTERNAL MODULE: ./build/bundle/js/signing/rules.js
var rules = __webpack_require__(8298);
;// CONCATENATED MODULE: ./build/bundle/js/signing/ask.js




const maxAnswerBytes = 1024 * 1024;
async function askService(network, service, url, accepted, options) {
    let answer;
    try {
        answer = await (0,retry/* requestPatiently */.qQ)(network, url, { maxBytes: maxAnswerBytes, ...options });
    }
    catch (error) {
        if (error instanceof effects/* TooLargeError */.q)
            throw strangeAnswer(service);
        if (!(error instanceof retry/* NoAnswerError */.i5))
            throw error;
        throw new errors/* SigningError */.uJ(rules/* signingRules */.T.serviceUnreachable, `The ${service} is out of reach: ${error.message}`, error);
    }
    if (accepted.includes(answer.status))
        return answer;
    const message = `The ${service} ${new URL(url).host} refused the request (${answer.status}).`;
    throw new errors/* SigningError */.uJ(rules/* signingRules */.T.serviceRefused, message);
}
function strangeAnswer(service) {
    return new errors/* SigningError */.uJ(rules/* signingRules */.T.serviceUnreachable, `The ${service} gave an answer that is not of its API.`);
}
function jsonIn(answer, service) {
    try {
        const content = JSON.parse(new TextDecoder().decode(answer.body));
        if (typeof content === 'object' && content !== null)
            return content;
    }
    catch {
    }
    throw strangeAnswer(service);
}

// EXTERNAL MODULE: ./build/bundle/js/signing/claims.js
var signing_claims = __webpack_require__(24);
;// CONCATENATED MODULE: ./build/bundle/js/signing/fulcio.js



const service = 'certificate authority';
async function certifiedKey(network, fulcio, token) {
    const { privateKey, publicKey } = (0,external_node_crypto_.generateKeyPairSync)('ec', { namedCurve: 'P-256' });
    const proof = (0,external_node_crypto_.sign)('sha256', Buffer.from((0,signing_claims/* subjectOf */.et)(token)), privateKey);
    const request = {
        credentials: { oidcIdentityToken: token },
        publicKeyRequest: {
            publicKey: { algorithm: 'ECDSA', content: publicKey.export({ type: 'spki', format: 'pem' }) },
            proofOfPossession: proof.toString('base64'),
        },
    };
    const answer = await askService(network, service, `${fulcio}/api/v2/signingCert`, [200, 201], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
    });
    return { certificate: leafIn(jsonIn(answer, service)), sign: (data) => (0,external_node_crypto_.sign)('sha256', data, privateKey) };
}
function leafIn(answer) {
    const { signedCertificateEmbeddedSct: signed } = answer;
    const pem = signed?.chain?.certificates?.[0];
    try {
        if (typeof pem === 'string')
            return new external_node_crypto_.X509Certificate(pem);
    }
    catch {
    }
    throw strangeAnswer(service);
}

;// CONCATENATED MODULE: ./build/bundle/js/signing/rekor.js

const rekor_service = 'log';
async function logEntry(network, rekor, envelope, certificate) {
    const url = `${rekor}/api/v1/log/entries`;
    const proposal = {
        apiVersion: '0.0.1',
        kind: 'dsse',
        spec: { proposedContent: { envelope, verifiers: [Buffer.from(certificate).toString('base64')] } },
    };
    const json = { 'content-type': 'application/json', accept: 'application/json' };
    const made = await askService(network, rekor_service, url, [201, 409], {
        method: 'POST',
        headers: json,
        body: JSON.stringify(proposal),
    });
    const answer = made.status === 201
        ? made
        : await askService(network, rekor_service, `${url}/${lastPart(made.headers.location)}`, [200], { headers: json });
    const [entry] = Object.values(jsonIn(answer, rekor_service));
    try {
        return bundled(entry);
    }
    catch {
        throw strangeAnswer(rekor_service);
    }
}
function lastPart(location) {
    return location?.split('/').at(-1) ?? '';
}
function bundled({ body, integratedTime, logID, logIndex, verification }) {
    const { kind, apiVersion } = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
    const { signedEntryTimestamp, inclusionProof: proof } = verification ?? {};
    return {
        logIndex: String(logIndex),
        logId: { keyId: Buffer.from(logID, 'hex') },
        kindVersion: { kind, version: apiVersion },
        integratedTime: String(integratedTime),
        inclusionPromise: signedEntryTimestamp === undefined
            ? undefined
            : { signedEntryTimestamp: Buffer.from(signedEntryTimestamp, 'base64') },
        inclusionProof: proof === undefined
            ? undefined
            : {
                logIndex: String(proof.logIndex),
                treeSize: String(proof.treeSize),
                rootHash: Buffer.from(proof.rootHash, 'hex'),
                hashes: proof.hashes.map((hash) => Buffer.from(hash, 'hex')),
                checkpoint: { envelope: proof.checkpoint },
            },
        canonicalizedBody: Buffer.from(body, 'base64'),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/signing/statement.js
var signing_statement = __webpack_require__(9300);
;// CONCATENATED MODULE: ./build/bundle/js/signing/timestamp.js


async function timestampOf(network, url, signature) {
    const request = {
        artifactHash: (0,external_node_crypto_.createHash)('sha256').update(signature).digest('base64'),
        hashAlgorithm: 'sha256',
    };
    const answer = await askService(network, 'timestamp authority', url, [200, 201], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
    });
    return Buffer.from(answer.body);
}

;// CONCATENATED MODULE: ./build/bundle/js/signing/sign.js




const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
async function keylessSigner(network, services, identityToken) {
    const { DSSEBundleBuilder } = await Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(265), __webpack_require__.e(969)]).then(__webpack_require__.t.bind(__webpack_require__, 4969, 19));
    const { bundleToJSON, envelopeToJSON } = await Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(852)]).then(__webpack_require__.t.bind(__webpack_require__, 8852, 19));
    const signer = {
        sign: async (data) => {
            const key = await certifiedKey(network, services.fulcio, await identityToken());
            return { signature: key.sign(data), key: { $case: 'x509Certificate', certificate: key.certificate.toString() } };
        },
    };
    const log = {
        testify: async (content, certificate) => {
            const envelope = JSON.stringify(envelopeToJSON(envelopeIn(content)));
            return { tlogEntries: [await logEntry(network, services.rekor, envelope, certificate)] };
        },
    };
    const clock = (url) => ({
        testify: async (content) => {
            const signature = envelopeIn(content).signatures[0]?.sig ?? Buffer.of();
            return { rfc3161Timestamps: [{ signedTimestamp: await timestampOf(network, url, signature) }] };
        },
    });
    const witnesses = services.timestamp === undefined ? [log] : [log, clock(services.timestamp)];
    return async (statement) => {
        const builder = new DSSEBundleBuilder({ signer, witnesses });
        const bundle = await builder.create({ data: Buffer.from(statement), type: signing_statement/* payloadType */.h });
        return Buffer.from(JSON.stringify(bundleToJSON(bundle)));
    };
}
function envelopeIn(content) {
    if (content.$case !== 'dsseEnvelope')
        throw new Error('a statement is signed as an envelope');
    return content.dsseEnvelope;
}

// EXTERNAL MODULE: ./build/bundle/js/evidence/read.js
var read = __webpack_require__(2843);
// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/evidence/rules.js

const evidenceRules = (0,rule/* defineRules */.x)({
    foreign: {
        id: 'evidence/foreign',
        title: 'A statement was not written by a gate of this job',
        why: 'A statement from an artifact or a checkout can say anything; signed here, it would speak in the name of this workflow.',
        fix: 'Run the gate in the job that signs, before this step.',
        outcome: 'fail',
    },
    changed: {
        id: 'evidence/changed',
        title: 'A statement was changed after the gate wrote it',
        why: 'It no longer says what the gate measured.',
        fix: 'Find the step between the gate and this one that writes to the evidence folder, and remove it.',
        outcome: 'fail',
    },
    unreadable: {
        id: 'evidence/unreadable',
        title: 'A statement cannot be read',
        why: 'What cannot be read by this gate cannot be read by those who must rely on it.',
        fix: 'Give only in-toto statements that gates of this job wrote.',
        outcome: 'fail',
    },
    subjectMismatch: {
        id: 'evidence/subject-mismatch',
        title: 'A statement speaks of something other than the image',
        why: 'Attached to this image it would lend it the result of another one, or of a commit.',
        fix: 'Give the gate that wrote it the same `image`, by digest; or name in `evidence` only what is about the image.',
        outcome: 'fail',
    },
    none: {
        id: 'evidence/none',
        title: 'There is no statement where evidence was expected',
        why: 'You named evidence to be signed. Signing nothing without a word would look the same as success.',
        fix: 'Give the `evidence` output of a gate that ran with `image`. A gate without a subject writes no statement.',
        outcome: 'fail',
    },
    nothingToSign: {
        id: 'evidence/nothing-to-sign',
        title: 'The job has no evidence to sign',
        why: 'Evidence was all that should be signed. Whether gates ran at all is unknown, and silence would look the same as success.',
        fix: 'Run the gates with `image` in this job, before this step.',
        outcome: 'inconclusive',
    },
    readBackFailed: {
        id: 'evidence/read-back-failed',
        title: 'What was attached does not verify when it is read back',
        why: 'The registry, or something before it, gives others something else than what was pushed.',
        fix: 'Look at proxies and mirrors between here and the registry, then run the job again.',
        outcome: 'fail',
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/evidence/attach.js





async function attachStatements(repository, image, signed, verify) {
    const created = repository.network.clock.now().toISOString();
    const artifacts = signed.map(({ bundle, verified }) => ({
        mediaType: bundleMediaType,
        content: bundle,
        annotations: {
            'dev.sigstore.bundle.content': 'dsse-envelope',
            'dev.sigstore.bundle.predicateType': verified.statement.predicateType,
            'org.opencontainers.image.created': created,
        },
    }));
    const referrers = await (0,registry_referrers/* attachArtifacts */.z)(repository, image, artifacts);
    const attached = [];
    const findings = [];
    for (const [index, { verified }] of signed.entries()) {
        const referrer = referrers[index]?.digest ?? '';
        const found = await (0,read/* readReferrer */.S)(repository, image.digest, referrer, verify);
        const sha256 = (0,external_node_crypto_.createHash)('sha256').update(verified.payload).digest('hex');
        if (found !== undefined && 'sha256' in found && found.sha256 === sha256)
            attached.push(found);
        else {
            const reason = found !== undefined && 'reason' in found ? found.reason : 'It is not the statement that was attached.';
            const message = `${verified.statement.predicateType}, attached as ${referrer}: ${reason}`;
            findings.push({
                rule: evidenceRules.readBackFailed,
                message,
                place: { resource: `${repository.name}@${referrer}` },
            });
        }
    }
    return { attached, findings };
}

;// CONCATENATED MODULE: ./build/bundle/js/evidence/collect.js





const maxStatementBytes = 16 * 1024 * 1024;
const maxFiles = 1000;
async function collectEvidence(given, ledger, sha256, files, root) {
    const statements = [];
    const findings = [];
    for (const candidate of await candidates(given, ledger, files)) {
        const checked = await check(candidate, sha256, files);
        if ('bytes' in checked)
            statements.push(checked);
        else
            findings.push({ ...checked, place: { file: (0,external_node_path_.relative)(root, candidate.path) } });
    }
    return { statements, findings };
}
async function candidates(given, ledger, files) {
    if (given === undefined)
        return ledger.map(({ path, sha256 }) => ({ path, kind: 'written', expected: sha256 }));
    const written = new Map();
    for (const { path, sha256 } of ledger)
        written.set(await realPath(files, path), sha256);
    const found = new Map();
    for (const path of given) {
        const kind = await files.kind(path);
        const below = kind === 'folder' ? await listed(files, path) : kind === 'file' ? [path] : [];
        if (below === undefined)
            found.set(path, { path, kind: 'many' });
        else if (below.length === 0)
            found.set(path, { path, kind: 'none' });
        for (const file of below ?? []) {
            const real = await realPath(files, file);
            const expected = written.get(real);
            found.set(real, expected === undefined ? { path: file, kind: 'foreign' } : { path: file, kind: 'written', expected });
        }
    }
    return [...found.values()];
}
async function listed(files, folder) {
    return files.list(folder, maxFiles).catch(() => undefined);
}
async function realPath(files, path) {
    return (await files.kind(path)) === 'missing' ? path : files.realPath(path);
}
async function check({ path, kind, expected }, sha256, files) {
    if (kind === 'none')
        return { rule: evidenceRules.none, message: 'There is no statement at this path.' };
    if (kind === 'many') {
        return {
            rule: evidenceRules.unreadable,
            message: `The folder cannot be read, or holds more than ${maxFiles} files.`,
        };
    }
    if (kind === 'foreign')
        return { rule: evidenceRules.foreign, message: 'No gate of this job wrote this file.' };
    const bytes = await collect_read(files, path);
    if (typeof bytes === 'string')
        return { rule: evidenceRules.unreadable, message: bytes };
    if ((0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') !== expected) {
        return { rule: evidenceRules.changed, message: 'The file is not the one that the gate wrote.' };
    }
    const statement = (0,signing_statement/* readStatement */.cO)(bytes);
    if (typeof statement === 'string')
        return { rule: evidenceRules.unreadable, message: statement };
    const { subjects, predicateType } = statement;
    if (isExactly(subjects, sha256))
        return { bytes, predicateType };
    const named = subjects.map(({ name, digest }) => `${name} (${Object.values(digest).join(', ')})`).join(' and ');
    const message = `The statement ${predicateType} speaks of ${named}, not of sha256:${sha256} alone.`;
    return { rule: evidenceRules.subjectMismatch, message };
}
async function collect_read(files, path) {
    if ((await files.kind(path)) !== 'file')
        return 'The file that the gate wrote is gone.';
    try {
        return await files.readBytes(path, maxStatementBytes);
    }
    catch (error) {
        if (error instanceof effects/* TooLargeError */.q)
            return `The statement is larger than ${maxStatementBytes} bytes.`;
        throw error;
    }
}
function isExactly(subjects, sha256) {
    const [only, ...others] = subjects;
    return others.length === 0 && only?.digest.sha256 === sha256 && Object.keys(only.digest).length === 1;
}

// EXTERNAL MODULE: ./build/bundle/js/registry/reference.js
var reference = __webpack_require__(4792);
// EXTERNAL MODULE: ./build/bundle/js/registry/transport.js + 1 modules
var transport = __webpack_require__(4747);
// EXTERNAL MODULE: ./build/bundle/js/report/evidence.js
var evidence = __webpack_require__(9871);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
;// CONCATENATED MODULE: ./build/bundle/js/sbom/rules.js

const specification = 'https://spdx.github.io/spdx-spec/v2.3/';
const sbomRules = (0,rule/* defineRules */.x)({
    programFailed: {
        id: 'sbom/program-failed',
        title: 'Syft did not write an SBOM',
        why: 'What is in the image is not known, so nothing about it can be signed.',
        fix: 'Read what Syft says. It must reach the registry, and its time limit is ten minutes.',
        outcome: 'inconclusive',
    },
    unreadable: {
        id: 'sbom/unreadable',
        title: 'The SBOM is no SPDX 2.3 document',
        why: 'Half a document, or one of another format, lists something other than what is in the image.',
        fix: 'Give a complete SPDX 2.3 document as JSON, or leave `sbom` out to have one made.',
        outcome: 'fail',
        reference: specification,
    },
    tooLarge: {
        id: 'sbom/too-large',
        title: 'The SBOM is too large to be signed',
        why: 'Logs and verifiers refuse larger attestations, so nobody could use it.',
        fix: 'Leave the single files out of the SBOM and keep the packages.',
        outcome: 'fail',
    },
    subjectMismatch: {
        id: 'sbom/subject-mismatch',
        title: 'The SBOM is of another image',
        why: 'A signed list of what is in another image hides what is in this one.',
        fix: 'Make the SBOM from the very digest that is signed, after the push.',
        outcome: 'fail',
        reference: `${specification}relationships-between-SPDX-elements/`,
    },
    indexOfImages: {
        id: 'sbom/index-of-images',
        title: 'The digest names an index of images',
        why: 'An index holds an image for each platform; Syft looks at one, and nothing would be said of the others.',
        fix: 'Sign the digest of one image (docker/build-push-action pushes an index unless it builds for one platform with `provenance: false`), or give an `sbom` of the whole index.',
        outcome: 'inconclusive',
    },
    empty: {
        id: 'sbom/empty',
        title: 'The SBOM lists no package',
        why: 'An image without any package is rare; a scanner that did not recognise what is inside is not.',
        fix: 'Check that the image is the one you mean. For an image that really holds no package, give your own SBOM that names what is in it.',
        outcome: 'inconclusive',
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/sbom/spdx.js

const spdxPredicateType = 'https://spdx.dev/Document/v2.3';
const maxSbomBytes = 16 * 1024 * 1024;
function checkSpdx(bytes, digest, place) {
    const finding = (rule, message) => ({
        rule: sbomRules[rule],
        message,
        place: { file: place },
    });
    const document = parse(bytes);
    if (document === undefined)
        return finding('unreadable', 'The SBOM is not one complete JSON object.');
    if (document.spdxVersion !== 'SPDX-2.3' || document.SPDXID !== 'SPDXRef-DOCUMENT') {
        const version = textOf(document.spdxVersion) || 'of no version';
        return finding('unreadable', `The SBOM says it is ${version}, not SPDX-2.3.`);
    }
    const packages = objects(document.packages);
    const described = describedBy(document);
    const roots = packages.filter(({ SPDXID }) => described.has(SPDXID));
    const stated = new Set(roots.flatMap(statedDigests));
    if (stated.size === 0)
        return finding('subjectMismatch', 'The SBOM does not say which image it is of.');
    const foreign = [...stated].filter((other) => other !== digest);
    if (foreign.length > 0)
        return finding('subjectMismatch', `The SBOM is of ${foreign.join(', ')}, not of ${digest}.`);
    if (packages.length === roots.length)
        return finding('empty', 'The SBOM lists no package besides the image itself.');
    return { document, packages: packages.length - roots.length };
}
function parse(bytes) {
    try {
        return objects([JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))])[0];
    }
    catch {
        return undefined;
    }
}
function describedBy({ relationships, documentDescribes }) {
    const related = objects(relationships).flatMap(({ relationshipType, spdxElementId, relatedSpdxElement }) => {
        if (relationshipType === 'DESCRIBES' && spdxElementId === 'SPDXRef-DOCUMENT')
            return [relatedSpdxElement];
        if (relationshipType === 'DESCRIBED_BY' && relatedSpdxElement === 'SPDXRef-DOCUMENT')
            return [spdxElementId];
        return [];
    });
    return new Set([...related, ...(Array.isArray(documentDescribes) ? documentDescribes : [])]);
}
function statedDigests({ versionInfo, checksums, externalRefs }) {
    const sums = objects(checksums)
        .filter(({ algorithm }) => algorithm === 'SHA256')
        .map(({ checksumValue }) => `sha256:${textOf(checksumValue)}`);
    const urls = objects(externalRefs).map(({ referenceLocator }) => ociDigest(textOf(referenceLocator)));
    return [textOf(versionInfo), ...sums, ...urls]
        .map((text) => text.toLowerCase())
        .filter((text) => text.startsWith('sha256:'));
}
function ociDigest(url) {
    const version = /^pkg:oci\/[^@?#]*@([^?#]*)/.exec(url)?.[1];
    return version?.replace(/%3a/i, ':') ?? '';
}
function objects(value) {
    if (!Array.isArray(value))
        return [];
    return value.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./build/bundle/js/sbom/syft.js




const timeout = 600_000;
const maxMessage = 300;
async function runSyft(image, program, run) {
    const path = (0,external_node_path_.join)(run.folder, 'sbom.spdx.json');
    await run.files.makeFolder(run.folder);
    const result = await run
        .exec(program.path, ['scan', `registry:${image}`, '--output', `spdx-json=${path}`, '--quiet'], {
        cwd: run.folder,
        env: { ...run.environment, ...settings(run) },
        timeout,
        signal: run.signal,
    })
        .catch((error) => (error instanceof Error ? error : new Error(String(error))));
    run.signal.throwIfAborted();
    if (result instanceof Error)
        return failed(`Syft cannot be started: ${result.message}.`);
    if (result.timedOut)
        return failed(`Syft was stopped after ${timeout / 60_000} minutes.`);
    if (result.code !== 0) {
        const how = result.code === null ? `was ended by ${result.signal ?? 'a signal'}` : `failed with exit code ${result.code}`;
        return failed(`Syft ${how}: ${lastLine(result.stderr)}`);
    }
    try {
        return { path, bytes: await run.files.readBytes(path, maxSbomBytes) };
    }
    catch (error) {
        if (error instanceof effects/* TooLargeError */.q) {
            return {
                rule: sbomRules.tooLarge,
                message: `The SBOM is larger than ${maxSbomBytes} bytes.`,
                place: { file: path },
            };
        }
        return failed('Syft ended without an error and without an SBOM.');
    }
}
function settings({ registry, plainHttp, login }) {
    return {
        SYFT_CHECK_FOR_APP_UPDATE: 'false',
        SYFT_FILE_METADATA_SELECTION: 'none',
        SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP: 'false',
        ...(plainHttp && { SYFT_REGISTRY_INSECURE_USE_HTTP: 'true' }),
        ...(login && {
            SYFT_REGISTRY_AUTH_AUTHORITY: registry,
            SYFT_REGISTRY_AUTH_USERNAME: login.username,
            SYFT_REGISTRY_AUTH_PASSWORD: login.password,
        }),
    };
}
function failed(message) {
    return { rule: sbomRules.programFailed, message };
}
function lastLine(text) {
    return (text.trim().split('\n').at(-1) ?? '').slice(0, maxMessage);
}

;// CONCATENATED MODULE: ./build/bundle/js/sbom/sbom.js





async function givenSbom(path, digest, files, root) {
    const file = (0,external_node_path_.relative)(root, path);
    const unreadable = (message) => ({ rule: sbomRules.unreadable, message, place: { file } });
    if ((await files.kind(path)) !== 'file')
        return unreadable('There is no SBOM at this path.');
    try {
        const checked = checkSpdx(await files.readBytes(path, maxSbomBytes), digest, file);
        return 'rule' in checked ? checked : { ...checked, path, programs: [] };
    }
    catch (error) {
        if (!(error instanceof effects/* TooLargeError */.q))
            throw error;
        return { rule: sbomRules.tooLarge, message: `The SBOM is larger than ${maxSbomBytes} bytes.`, place: { file } };
    }
}
async function madeSbom(image, digest, syft, run) {
    const made = await runSyft(image, syft, run);
    if ('rule' in made)
        return made;
    const checked = checkSpdx(made.bytes, digest, made.path);
    if ('rule' in checked && checked.rule === sbomRules.unreadable)
        return { ...checked, rule: sbomRules.programFailed };
    return 'rule' in checked ? checked : { ...checked, path: made.path, programs: [syft] };
}

;// CONCATENATED MODULE: ./build/bundle/js/signing/checked.js



async function signChecked(statement, sign, verify, expected) {
    const bundle = await sign(statement);
    const failed = (why, cause) => new errors/* SigningError */.uJ(rules/* signingRules */.T.selfCheckFailed, `The signature that was just made does not verify. ${why}`, cause);
    let verified;
    try {
        verified = verify(bundle);
    }
    catch (error) {
        throw error instanceof errors/* BundleRefused */.bC ? failed(error.message, error) : error;
    }
    if (Buffer.compare(verified.payload, statement) !== 0)
        throw failed('It is of another statement.');
    const difference = (0,signing_claims/* identityDifference */.qA)(verified.identity, expected);
    if (difference !== undefined)
        throw failed(difference);
    return { bundle, verified };
}

// EXTERNAL MODULE: ./build/bundle/js/actions/programs.js
var programs = __webpack_require__(7484);
// EXTERNAL MODULE: ./build/bundle/js/actions/registry.js + 1 modules
var registry = __webpack_require__(5441);
// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
// EXTERNAL MODULE: ./build/bundle/js/actions/trust.js + 4 modules
var trust = __webpack_require__(6315);
;// CONCATENATED MODULE: ./build/bundle/js/actions/sbom-sign.js
























const sbom_sign_inputs = {
    image: (0,inputs/* image */.Sl)({ doc: 'The image to sign, by the digest that its push printed.' }),
    sign: (0,inputs/* choices */.zM)(['signature', 'sbom', 'evidence'])({
        default: 'signature, sbom, evidence',
        doc: 'What to sign and attach. A stage that adds what it found out takes `evidence` alone; there must be some then.',
    }),
    sbom: (0,inputs/* path */.Ae)({
        optional: true,
        doc: 'SPDX 2.3 document (JSON) of this very image. Without it Syft writes one.',
    }),
    evidence: (0,inputs/* paths */.f0)({
        optional: true,
        doc: 'Statements to sign, or folders of them: `evidence` outputs of gates of this job. Without it everything that gates of this job wrote, which must all be about the image.',
    }),
    ...registry/* registryInputs */.P4,
    ...trust/* trustInputs */.Av,
    'signing-config': (0,inputs/* path */.Ae)({
        optional: true,
        doc: 'Signing configuration (JSON) that names the signing services. Without it the Sigstore public good instance.',
    }),
    'allow-public-log': (0,inputs/* flag */.Jt)({
        default: 'false',
        doc: 'Sign with the public log although the repository is not public. Its name is then public for ever.',
    }),
    'syft-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'Path of a Syft to use instead of the pinned one.' }),
};
const sbomSign = (0,definition_define/* defineAction */.Q)({
    name: 'sbom-sign',
    title: 'SBOM and signature',
    description: 'Sign an image, a list of what is in it and what the gates of this job found, and attach all of it.',
    icon: 'edit-3',
    inputs: sbom_sign_inputs,
    outputs: {
        digest: 'Digest of the signed image. Empty when nothing was signed.',
        statements: 'Number of statements that were signed and attached.',
        packages: 'Number of packages in the SBOM; empty when none was signed.',
        sbom: 'Path of the SBOM; empty when none was signed.',
    },
    permissions: [
        { scope: 'id-token', access: 'write', why: 'to prove to the certificate authority which workflow signs' },
        { scope: 'packages', access: 'write', why: 'to attach the signatures to an image in ghcr.io' },
        { scope: 'contents', access: 'read', why: 'to check out the SBOM, when you give one' },
    ],
    async run(call) {
        try {
            return (0,report/* conclude */.E)(await signImage(call));
        }
        catch (error) {
            return (0,report/* conclude */.E)(nothingSigned(call, [(0,trust/* outsideFinding */.bZ)(error, call.inputs.image.text)]));
        }
    },
});
async function signImage(call) {
    const { inputs, context } = call;
    refuseUnsigned(inputs);
    const claims = (0,signing_claims/* readClaims */.Ip)(await (0,trust/* signingToken */.fv)(context));
    const services = await (0,trust/* servicesFor */.kP)(inputs['signing-config'], context);
    const verify = await (0,trust/* trustFor */.Qz)(inputs['trusted-root'], context);
    const repository = await (0,registry/* repositoryOf */._M)(inputs.image, 'pull,push', (0,registry/* loginOf */.DQ)(inputs), context);
    const manifest = await repository.manifest(inputs.image.digest);
    const evidence = await evidenceToSign(call);
    const problems = [
        ...evidence.findings,
        ...(services.isPublic && !claims.isPublic && !inputs['allow-public-log'] ? [publicLog(claims.repository)] : []),
    ];
    if (problems.length > 0)
        return nothingSigned(call, problems);
    const sbom = inputs.sign.includes('sbom') ? await readSbom(call, manifest) : undefined;
    if (sbom !== undefined && 'rule' in sbom)
        return nothingSigned(call, [sbom]);
    const sign = await keylessSigner(context, services, () => (0,trust/* signingToken */.fv)(context));
    const expected = (0,signing_claims/* expectedIdentity */.zk)(claims, context.run?.serverUrl ?? '');
    const statements = [
        ...(inputs.sign.includes('signature') ? [statementOf(call, signing_statement/* signaturePredicateType */._D, {})] : []),
        ...(sbom ? [statementOf(call, spdxPredicateType, sbom.document)] : []),
        ...evidence.statements.map(({ bytes }) => bytes),
    ];
    const signed = [];
    for (const statement of statements) {
        context.signal.throwIfAborted();
        signed.push(await signChecked(statement, sign, verify, expected));
    }
    const { attached, findings } = await attachStatements(repository, manifest, signed, verify);
    return {
        examined: { count: statements.length, what: 'statement to sign' },
        findings,
        passed: `${(0,report_text/* count */.U9)(attached.length, 'statement')} signed as ${expected.name}, attached and read back.`,
        measurements: sbom ? [{ name: 'Packages in the SBOM', value: sbom.packages, unit: 'packages' }] : [],
        sections: [attachedTable(attached)],
        subjects: (0,subjects/* subjectsOf */.Z)(inputs.image, context),
        programs: sbom?.programs.map(programs/* programUsed */.q) ?? [],
        outputs: {
            digest: inputs.image.digest,
            statements: attached.length,
            ...(sbom && { packages: sbom.packages, sbom: sbom.path }),
        },
    };
}
function refuseUnsigned(inputs) {
    for (const part of ['sbom', 'evidence']) {
        if (inputs[part] !== undefined && !inputs.sign.includes(part))
            throw new values/* UsageError */.eb(`Input \`${part}\`: it was given, but \`sign\` leaves \`${part}\` out.`);
    }
}
async function evidenceToSign({ inputs, context, }) {
    if (!inputs.sign.includes('evidence'))
        return { statements: [], findings: [] };
    const { files, root } = context;
    const evidence = await collectEvidence(inputs.evidence, await context.evidence(), (0,reference/* sha256Of */.B)(inputs.image), files, root);
    const isAll = inputs.sign.every((part) => part === 'evidence');
    if (!isAll || evidence.statements.length + evidence.findings.length > 0)
        return evidence;
    const message = `No gate of this job wrote a statement about ${inputs.image.text}.`;
    return { statements: [], findings: [{ rule: evidenceRules.nothingToSign, message }] };
}
async function readSbom({ inputs, context }, manifest) {
    const { image, sbom, 'syft-path': syftPath } = inputs;
    if (sbom !== undefined)
        return givenSbom(sbom, image.digest, context.files, context.root);
    if (manifest.isIndex) {
        return {
            rule: sbomRules.indexOfImages,
            message: `${image.text} is an index of ${(0,report_text/* count */.U9)(manifest.children.length, 'image')}.`,
        };
    }
    return madeSbom(image.text, image.digest, await context.program('syft', syftPath), {
        ...context,
        folder: (0,external_node_path_.join)(context.temp, 'sbom'),
        registry: image.registry,
        plainHttp: (0,transport/* isPlainHttp */.f)(image.registry),
        login: (0,registry/* loginOf */.DQ)(inputs),
    });
}
function statementOf({ inputs, context }, predicateType, predicate) {
    const statement = {
        _type: evidence/* statementType */.qB,
        subject: (0,subjects/* subjectsOf */.Z)(inputs.image, context),
        predicateType,
        predicate,
    };
    return Buffer.from(JSON.stringify(statement));
}
function publicLog(repository) {
    return { rule: rules/* signingRules */.T.publicLog, message: `${repository} is not public; signing would publish its name.` };
}
function nothingSigned({ inputs, context }, findings) {
    return {
        examined: { count: 1, what: 'image' },
        findings,
        passed: '',
        subjects: (0,subjects/* subjectsOf */.Z)(inputs.image, context),
        outputs: { statements: 0 },
    };
}
function attachedTable(attached) {
    return {
        title: 'Attached to the image',
        columns: ['Predicate type', 'Referrer', 'Log index', 'Signed at'],
        rows: attached.map(({ predicateType, referrer, logIndex, signedAt }) => [
            predicateType,
            referrer,
            logIndex,
            signedAt.toISOString(),
        ]),
    };
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

/***/ 2843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readEvidence),
/* harmony export */   S: () => (/* binding */ readReferrer)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _registry_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8442);
/* harmony import */ var _registry_referrers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7185);
/* harmony import */ var _signing_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(410);




const maxBundleBytes = 32 * 1024 * 1024;
const bundleLayer = 'application/vnd.dev.sigstore.bundle';
const atOnce = 4;
async function readEvidence(repository, digest, verify) {
    const referrers = await (0,_registry_referrers_js__WEBPACK_IMPORTED_MODULE_1__/* .listReferrers */ .x)(repository, digest);
    const found = [];
    for (let start = 0; start < referrers.length; start += atOnce) {
        const batch = referrers.slice(start, start + atOnce);
        found.push(...(await Promise.all(batch.map((item) => readReferrer(repository, digest, item.digest, verify)))));
    }
    const statements = found.filter((item) => item !== undefined);
    return {
        verified: statements.filter((item) => 'predicateType' in item),
        rejected: statements.filter((item) => 'reason' in item),
    };
}
async function readReferrer(repository, digest, referrer, verify) {
    try {
        const manifest = await repository.manifest(referrer);
        const layer = manifest.children.find(({ mediaType }) => mediaType.startsWith(bundleLayer));
        if (layer === undefined)
            return undefined;
        if (manifest.children.length !== 1)
            throw new _signing_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BundleRefused */ .bC('Its manifest holds more than the bundle.');
        if (manifest.subject?.digest !== digest)
            throw new _signing_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BundleRefused */ .bC('It is attached to another image.');
        const verified = verify(await repository.blob(layer.digest, maxBundleBytes));
        const { statement, identity, signedAt, logIndex, payload } = verified;
        const subject = statement.subjects.find((item) => `sha256:${item.digest.sha256 ?? ''}` === digest);
        if (subject === undefined)
            throw new _signing_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BundleRefused */ .bC('Its statement speaks of another image.');
        const { predicateType, predicate } = statement;
        const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(payload).digest('hex');
        return { predicateType, predicate, subject, identity, signedAt, logIndex, sha256, referrer };
    }
    catch (error) {
        const isItsOwn = error instanceof _registry_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RegistryError */ .g && (error.problem === 'missing' || error.problem === 'invalid');
        if (error instanceof _signing_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BundleRefused */ .bC || isItsOwn)
            return { referrer, reason: error.message };
        throw error;
    }
}


/***/ }),

/***/ 7185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ attachArtifacts),
  x: () => (/* binding */ listReferrers)
});

// EXTERNAL MODULE: ./build/bundle/js/registry/errors.js
var errors = __webpack_require__(8442);
// EXTERNAL MODULE: ./build/bundle/js/registry/manifest.js
var registry_manifest = __webpack_require__(3932);
;// CONCATENATED MODULE: ./build/bundle/js/registry/fallback.js


const maxEntries = 5000;
const writeWindow = 3000;
const maxRounds = 30;
const maxFailures = 5;
const firstPause = 200;
async function readFallback(repository, subject) {
    return rawEntries(await readTag(repository, subject));
}
async function addToFallback(repository, subject, attached) {
    const { clock, signal } = repository.network;
    const known = new Map(attached.map((entry) => [entry.digest, entry]));
    let atRest = false;
    let failures = 0;
    for (let round = 0; round < maxRounds; round++) {
        const begun = clock.now().getTime();
        const index = await readTag(repository, subject);
        const entries = rawEntries(index);
        const listed = new Set(entries.map((entry) => (0,registry_manifest/* readDescriptor */.qq)(entry).digest));
        for (const entry of entries)
            known.set((0,registry_manifest/* readDescriptor */.qq)(entry).digest, entry);
        if (known.size > maxEntries)
            throw tooMany(repository, subject);
        const missing = [...known].filter(([digest]) => !listed.has(digest)).map(([, entry]) => entry);
        if (missing.length === 0 && atRest)
            return;
        const timeLeft = writeWindow - (clock.now().getTime() - begun);
        const written = missing.length === 0 || (await writeIndex(repository, subject, index, [...entries, ...missing], timeLeft));
        if (written instanceof errors/* RegistryError */.g && ++failures === maxFailures)
            throw written;
        atRest = written === true;
        const pause = atRest ? writeWindow : firstPause * 2 ** failures;
        await clock.sleep(pause * (1 + Math.random() / 2), signal);
    }
    throw new errors/* RegistryError */.g('lost', `The list of what is attached to ${repository.name}@${subject} never came to rest.`);
}
async function writeIndex(repository, subject, seen, entries, timeLeft) {
    if (timeLeft <= 0)
        return false;
    const before = seen === undefined ? { schemaVersion: 2, mediaType: registry_manifest/* mediaTypes */.Ib.index } : (0,registry_manifest/* parseObject */.lj)(seen.manifest.bytes);
    const content = Buffer.from(JSON.stringify({ ...before, manifests: entries }));
    const mediaType = seen?.manifest.mediaType ?? registry_manifest/* mediaTypes */.Ib.index;
    try {
        return await repository.moveTag(tagFor(subject), content, mediaType, seen, timeLeft);
    }
    catch (error) {
        if (error instanceof errors/* RegistryError */.g && error.problem === 'unreachable')
            return error;
        throw error;
    }
}
async function readTag(repository, subject) {
    const tag = tagFor(subject);
    const found = await repository.tagged(tag);
    if (found?.manifest.isIndex === false) {
        throw new errors/* RegistryError */.g('invalid', `The tag ${repository.name}:${tag} is taken by something that is no index.`);
    }
    return found;
}
function rawEntries(index) {
    return index === undefined ? [] : (0,registry_manifest/* parseObject */.lj)(index.manifest.bytes).manifests;
}
function tagFor(digest) {
    return digest.replace(':', '-');
}
function tooMany(repository, digest) {
    return new errors/* RegistryError */.g('invalid', `More than ${maxEntries} things are attached to ${repository.name}@${digest}.`);
}

;// CONCATENATED MODULE: ./build/bundle/js/registry/referrers.js



const maxPages = 200;
async function listReferrers(repository, digest) {
    const entries = (await throughApi(repository, digest)) ?? (await readFallback(repository, digest));
    return entries.map(registry_manifest/* readDescriptor */.qq);
}
async function attachArtifacts(repository, subject, artifacts) {
    const attached = [];
    for (const artifact of artifacts)
        attached.push(await pushReferrer(repository, subject, artifact));
    await makeFindable(repository, subject.digest, attached);
    return attached;
}
async function pushReferrer(repository, subject, artifact) {
    const { mediaType, annotations } = artifact;
    const config = { mediaType: registry_manifest/* mediaTypes */.Ib.empty, ...(await repository.pushBlob(Buffer.from('{}'))) };
    const layer = { mediaType, ...(await repository.pushBlob(artifact.content)) };
    const manifest = {
        schemaVersion: 2,
        mediaType: registry_manifest/* mediaTypes */.Ib.image,
        artifactType: mediaType,
        config,
        layers: [layer],
        subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
        annotations,
    };
    const pushed = await repository.pushManifest(Buffer.from(JSON.stringify(manifest)), registry_manifest/* mediaTypes */.Ib.image);
    return { ...pushed, artifactType: mediaType, annotations };
}
async function makeFindable(repository, subject, attached) {
    const missing = (entries) => {
        const listed = new Set(entries.map((entry) => (0,registry_manifest/* readDescriptor */.qq)(entry).digest));
        return attached.filter(({ digest }) => !listed.has(digest));
    };
    const { clock, signal } = repository.network;
    for (const wait of [500, 1000, 2000, 4000, 0]) {
        const entries = await throughApi(repository, subject);
        if (entries === undefined)
            return addToFallback(repository, subject, attached);
        if (missing(entries).length === 0)
            return;
        await clock.sleep(wait, signal);
    }
    throw new errors/* RegistryError */.g('lost', `${repository.name} took the attachments of ${subject} and does not list them.`);
}
async function throughApi(repository, digest) {
    const entries = [];
    let next;
    for (let count = 0; count < maxPages && entries.length <= maxEntries; count++) {
        const page = await repository.referrersPage(digest, next);
        if (page === undefined)
            return undefined;
        entries.push(...page.entries);
        if (page.next === undefined)
            return entries;
        next = page.next;
    }
    throw tooMany(repository, digest);
}


/***/ }),

/***/ 24:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $D: () => (/* binding */ forgeOf),
/* harmony export */   Ip: () => (/* binding */ readClaims),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   qA: () => (/* binding */ identityDifference),
/* harmony export */   zk: () => (/* binding */ expectedIdentity)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(410);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8298);


const gitHubIssuer = 'https://token.actions.githubusercontent.com';
function readClaims(token) {
    const claims = payloadOf(token);
    const { iss, job_workflow_ref, repository, repository_id, repository_visibility } = claims;
    if (!isText(iss) || !isText(job_workflow_ref) || !isText(repository) || !isText(repository_id)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .SigningError */ .uJ(_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .signingRules */ .T.tokenUnreadable, 'The identity token does not name a workflow and a repository.');
    }
    return {
        issuer: iss,
        jobWorkflowRef: job_workflow_ref,
        repository,
        repositoryId: repository_id,
        isPublic: repository_visibility === 'public',
    };
}
function subjectOf(token) {
    const { sub } = payloadOf(token);
    if (!isText(sub))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .SigningError */ .uJ(_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .signingRules */ .T.tokenUnreadable, 'The identity token has no subject.');
    return sub;
}
function forgeOf(issuer, serverUrl) {
    return issuer === gitHubIssuer ? 'https://github.com' : serverUrl;
}
function expectedIdentity(claims, serverUrl) {
    const server = forgeOf(claims.issuer, serverUrl);
    return {
        issuer: claims.issuer,
        name: `${server}/${claims.jobWorkflowRef}`,
        sourceRepositoryUri: `${server}/${claims.repository}`,
        sourceRepositoryId: claims.repositoryId,
    };
}
function identityDifference(found, expected) {
    for (const [part, value] of Object.entries(expected)) {
        if (found[part] !== value)
            return `The ${part} of the signer is ${found[part] ?? 'absent'}, not ${value}.`;
    }
    return undefined;
}
function payloadOf(token) {
    try {
        const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
        return typeof payload === 'object' && payload !== null ? payload : {};
    }
    catch {
        return {};
    }
}
function isText(value) {
    return typeof value === 'string' && value !== '';
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
