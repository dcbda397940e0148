export const id = 327;
export const ids = [327];
export const modules = {

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

/***/ 1327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  trivyGate: () => (/* binding */ trivyGate)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/document.js
var definition_document = __webpack_require__(9114);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: ./build/bundle/js/documents/duration.js
var duration = __webpack_require__(9534);
// EXTERNAL MODULE: ./build/bundle/js/vulnerabilities/not-measured.js
var not_measured = __webpack_require__(1050);
// EXTERNAL MODULE: ./build/bundle/js/vulnerabilities/rules.js
var rules = __webpack_require__(8087);
;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/database.js




const databaseVersion = 2;
const maxMetadataBytes = 64 * 1024;
const hour = 3_600_000;
const clockTolerance = hour;
async function readDatabase(cache, files, now) {
    for (const file of ['trivy.db', 'metadata.json']) {
        if ((await files.kind((0,external_node_path_.join)(cache, 'db', file))) !== 'file')
            throw new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.databaseMissing, `The vulnerability database has no db/${file}.`);
    }
    const { Version, UpdatedAt } = await readMetadata((0,external_node_path_.join)(cache, 'db', 'metadata.json'), files);
    const unreadable = (reason) => new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.databaseUnreadable, `The metadata.json of the vulnerability database ${reason}.`);
    if (Version !== databaseVersion)
        throw unreadable(`does not say schema version ${databaseVersion}`);
    const updatedAt = new Date(typeof UpdatedAt === 'string' ? UpdatedAt : NaN);
    if (Number.isNaN(updatedAt.getTime()))
        throw unreadable('does not say when the database was made');
    if (updatedAt.getTime() > now.getTime() + clockTolerance)
        throw unreadable('says that it was made in the future');
    return { cache, updatedAt };
}
async function readMetadata(path, files) {
    try {
        return (JSON.parse(await files.readText(path, maxMetadataBytes)) ?? {});
    }
    catch {
        return {};
    }
}
function checkAge(database, now, policy) {
    const age = ageInHours(database, now);
    const limit = limitInHours(policy);
    if (age <= limit)
        return [];
    return [
        {
            rule: rules/* vulnerabilityRules */.O.databaseStale,
            message: `The vulnerability database was made on ${database.updatedAt.toISOString()}, ${age} hours ago; the policy allows ${policy['max-database-age']}.`,
        },
    ];
}
function ageMeasurement(database, now, policy) {
    return {
        name: 'age of the vulnerability database',
        value: ageInHours(database, now),
        unit: 'h',
        limit: { atMost: limitInHours(policy) },
    };
}
function limitInHours(policy) {
    return (0,duration/* milliseconds */.Rz)(policy['max-database-age']) / hour;
}
function ageInHours({ updatedAt }, now) {
    return Math.ceil(Math.max(0, now.getTime() - updatedAt.getTime()) / (hour / 10)) / 10;
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/severity.js
const severities = ['critical', 'high', 'medium', 'low', 'unknown'];

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/judge.js



const maxTitle = 200;
function judge(found, policy) {
    const sorted = inOrder(found);
    return [
        ...severities.flatMap((severity) => sorted.filter((one) => one.severity === severity && fails(one, policy)).map(failing)),
        ...severities.flatMap((severity) => {
            const allowed = sorted.filter((one) => one.severity === severity && !fails(one, policy));
            return allowed.length === 0 ? [] : [tolerated(severity, allowed, policy)];
        }),
    ];
}
function countVulnerabilities(found, policy) {
    return severities.map((severity) => {
        const ofSeverity = found.filter((one) => one.severity === severity);
        return {
            severity,
            found: ofSeverity.length,
            fixable: ofSeverity.filter(({ fixable }) => fixable).length,
            failing: ofSeverity.filter((one) => fails(one, policy)).length,
        };
    });
}
function countTable(counts, policy) {
    return {
        title: 'Vulnerabilities by severity',
        columns: ['Severity', 'Found', 'Fixable', 'Fails the gate', 'By the policy'],
        rows: counts.map((row) => [row.severity, row.found, row.fixable, row.failing, policy.fail[row.severity]]),
    };
}
function fails({ severity, fixable }, policy) {
    const when = policy.fail[severity];
    return when === 'always' || (when === 'fixable' && fixable);
}
function failing(one) {
    const { id, severity, title, url, installed, fixed, fixable } = one;
    const version = installed === '' ? one.package : `${one.package} ${installed}`;
    const about = title === '' ? '' : ` ${(0,report_text/* cut */.Jj)(title.replace(/\.$/, ''), maxTitle)}.`;
    return {
        rule: rules/* vulnerabilityRules */.O.found,
        message: `${version} has ${id} (${severity}).${about}${url === '' ? '' : ` See ${url}`}`,
        place: { resource: [one.purl || one.package, one.path].filter(Boolean).join(' in ') },
        ...(fixable && { fix: `Update ${one.package} to ${fixed}.` }),
    };
}
function tolerated(severity, allowed, policy) {
    const ids = [...new Set(allowed.map(({ id }) => id))];
    const named = (0,report_text/* listed */.KE)(ids);
    const many = (0,report_text/* count */.U9)(allowed.length, 'vulnerability', 'vulnerabilities');
    const reason = policy.fail[severity] === 'fixable' ? 'no fixed version exists' : `${severity} never fails`;
    return {
        rule: rules/* vulnerabilityRules */.O.tolerated,
        message: `${many} of severity ${severity} allowed (${reason}): ${named}.`,
    };
}
function inOrder(found) {
    const keyed = found.map((one) => ({ one, key: [one.id, one.package, JSON.stringify(one)].join('\0') }));
    return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1)).map(({ one }) => one);
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/coverage.js


function checkCoverage(report, releaseUnknown, policy) {
    const unmatched = report.packageSets.flatMap((set) => set.unmatched);
    return [
        ...(report.distribution ? checkDistribution(report.distribution, report, releaseUnknown, policy) : []),
        ...(unmatched.length > 0 ? [unmatchedPackages(unmatched)] : []),
    ];
}
function checkDistribution(distribution, { packageSets }, releaseUnknown, policy) {
    const ofDistribution = packageSets.filter((set) => set.ofDistribution);
    const name = distributionName(distribution);
    const findings = [];
    if (ofDistribution.length === 0 || releaseUnknown) {
        const message = distribution.family === 'none'
            ? 'Packages of a distribution are installed, but nothing says which distribution it is.'
            : `Trivy has no advisories for ${name}; its packages were not checked.`;
        findings.push({ rule: rules/* vulnerabilityRules */.O.unknownDistribution, message });
    }
    else if (ofDistribution.every(({ packages }) => packages === 0)) {
        findings.push({
            rule: rules/* vulnerabilityRules */.O.packagesMissing,
            message: `The target is ${name}, but no package of it was found.`,
        });
    }
    if (distribution.endOfLife) {
        const rule = policy['end-of-life'] === 'fail' ? rules/* vulnerabilityRules */.O.endOfLife : rules/* vulnerabilityRules */.O.endOfLifeTolerated;
        findings.push({ rule, message: `${name} gets no more security updates.` });
    }
    return findings;
}
function unmatchedPackages(names) {
    const named = (0,report_text/* listed */.KE)([...names].sort());
    return {
        rule: rules/* vulnerabilityRules */.O.unmatchedPackages,
        message: `${(0,report_text/* count */.U9)(names.length, 'package')} from third-party repositories not checked: ${named}.`,
    };
}
function distributionName({ family, version }) {
    return version === '' ? family : `${family} ${version}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/same-target.js


function checkSameTarget(report, target) {
    const asked = nameOf(target);
    if (isSame(report, target))
        return;
    const said = [report.artifact, ...(report.image?.repositoryDigests ?? []), report.image?.id ?? ''];
    const about = [...new Set(said.filter((name) => name !== ''))].join(', ');
    throw new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.reportOfOtherImage, `Trivy was asked for ${asked}, and its report speaks of ${about}.`);
}
function isSame({ artifact, image }, target) {
    switch (target.kind) {
        case 'image':
            return image?.repositoryDigests.some((name) => name.endsWith(`@${target.image.digest}`)) ?? false;
        case 'layout':
            return image?.id === target.configDigest;
        case 'folder':
            return image === undefined && artifact === target.path;
    }
}
function nameOf(target) {
    switch (target.kind) {
        case 'image':
            return target.image.text;
        case 'layout':
            return `${target.digest} with the configuration ${target.configDigest}`;
        case 'folder':
            return target.path;
    }
}

// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/js/registry/credentials.js
var credentials = __webpack_require__(2783);
;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/trivy.js







const repositories = ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'];
const databaseSource = 'pkg:github/aquasecurity/trivy-db';
const waits = [5000, 20_000];
const noPlatform = '*/none';
const refusesIndex = 'no child with platform';
const maxReportBytes = 128 * 1024 * 1024;
const maxLogBytes = 4 * 1024 * 1024;
const shownLines = 4;
const shownCharacters = 800;
class Trivy {
    #program;
    #world;
    #timeout;
    constructor(program, world, timeout) {
        this.#program = program;
        this.#world = world;
        this.#timeout = timeout;
    }
    async download() {
        const { clock, log, signal, temp, files } = this.#world;
        const cache = (0,external_node_path_.join)(temp, 'trivy-cache');
        const args = [
            'image',
            '--download-db-only',
            ...repositories.flatMap((repository) => ['--db-repository', repository]),
        ];
        for (let attempt = 0;; attempt++) {
            const result = await this.#run([...args, '--cache-dir', cache]);
            if (result.code === 0)
                break;
            const reason = howItEnded(result, this.#timeout);
            const wait = waits[attempt];
            if (wait === undefined || signal.aborted)
                throw new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.databaseMissing, `The vulnerability database cannot be downloaded: ${reason}`);
            log.warning(`The download of the vulnerability database failed and is tried again: ${reason}`);
            await clock.sleep(wait, signal);
        }
        return { ...(await readDatabase(cache, files, clock.now())), source: databaseSource };
    }
    async scan(target, database, login) {
        const { files, temp } = this.#world;
        const output = (0,external_node_path_.join)(temp, 'trivy-report.json');
        const config = login && target.kind === 'image' ? await this.#writeLogin(target.image.registry, login) : undefined;
        try {
            const args = [...targetArguments(target), ...this.#scanArguments(database, output)];
            const result = await this.#run(args, config === undefined ? {} : { DOCKER_CONFIG: config });
            if (result.timedOut || result.code !== 0)
                throw new not_measured/* NotMeasured */.k(ruleOf(result), `Trivy ${howItEnded(result, this.#timeout)}`);
            if (result.truncated)
                throw new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.reportTruncated, `Trivy's log is larger than ${maxLogBytes} bytes.`);
            const { readTrivyReport } = await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(551)]).then(__webpack_require__.bind(__webpack_require__, 6551));
            const report = readTrivyReport(await readReport(output, files));
            return { report, releaseUnknown: result.stderr.includes('This OS version is not on the EOL list') };
        }
        finally {
            if (config !== undefined)
                await files.remove(config);
        }
    }
    async #writeLogin(registry, login) {
        const folder = (0,external_node_path_.join)(this.#world.temp, 'docker');
        await this.#world.files.write((0,external_node_path_.join)(folder, 'config.json'), (0,credentials/* dockerConfig */.p1)(registry, login), 0o600);
        return folder;
    }
    #scanArguments({ cache, source }, output) {
        return [
            ...['--cache-dir', cache, '--skip-db-update'],
            ...(source === undefined ? ['--skip-java-db-update'] : []),
            ...['--cache-backend', 'memory', '--offline-scan', '--scanners', 'vuln'],
            ...['--format', 'json', '--output', output, '--list-all-pkgs', '--show-suppressed', '--exit-code', '0'],
        ];
    }
    async #run(args, environment = {}) {
        const { exec, files, temp, signal } = this.#world;
        const folder = (0,external_node_path_.join)(temp, 'trivy-folder');
        await files.makeFolder(folder);
        const own = ['--module-dir', folder, '--no-progress', '--skip-version-check', '--disable-telemetry'];
        const limit = ['--timeout', `${this.#timeout + 60_000}ms`];
        try {
            return await exec(this.#program.path, [...args, ...own, ...limit], {
                cwd: folder,
                env: { ...this.#world.environment, ...environment },
                timeout: this.#timeout,
                maxOutput: maxLogBytes,
                signal,
            });
        }
        catch (error) {
            throw new effects/* ProgramError */.Z(`Trivy cannot be started: ${error.message}.`, 'Check that the file is a program for this machine, or leave out `trivy-path`.', { cause: error });
        }
    }
}
function targetArguments(target) {
    switch (target.kind) {
        case 'image':
            return ['image', target.image.text, '--image-src', 'remote', '--platform', noPlatform];
        case 'layout':
            return ['image', '--input', `${target.path}@${target.digest}`];
        case 'folder':
            return ['rootfs', target.path];
    }
}
function ruleOf({ timedOut, stderr }) {
    if (timedOut)
        return rules/* vulnerabilityRules */.O.scannerTimeout;
    return stderr.includes(refusesIndex) ? rules/* vulnerabilityRules */.O.indexOfImages : rules/* vulnerabilityRules */.O.scannerCrashed;
}
async function readReport(path, files) {
    try {
        return await files.readText(path, maxReportBytes);
    }
    catch (error) {
        const reason = error instanceof effects/* TooLargeError */.q ? `is larger than ${maxReportBytes} bytes` : 'cannot be read';
        throw new not_measured/* NotMeasured */.k(rules/* vulnerabilityRules */.O.reportTruncated, `The report that Trivy should have written ${reason}.`);
    }
}
function howItEnded({ code, signal, timedOut, stderr }, timeout) {
    const end = timedOut
        ? `took longer than ${timeout / 1000} s and was stopped`
        : code === null
            ? `was ended by ${signal ?? 'a signal'}`
            : `ended with exit code ${code}`;
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    const last = (0,report_text/* cut */.Jj)(lines.slice(-shownLines).join(' | '), shownCharacters);
    return last === '' ? `${end} and said nothing.` : `${end}. Its last lines: ${last}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/measure.js






async function measure(request, find, world) {
    let measured = { findings: [] };
    try {
        const program = await find('trivy', request.trivyPath);
        measured = { ...measured, program };
        const target = await resolveTarget(request, world);
        const trivy = new Trivy(program, world, request.timeout);
        const database = request.database === undefined
            ? await trivy.download()
            : await readDatabase(request.database, world.files, world.clock.now());
        const age = checkAge(database, world.clock.now(), request.policy);
        measured = { ...measured, database, findings: age };
        const startedOn = world.clock.now();
        const { report, releaseUnknown } = await trivy.scan(target, database, request.login);
        checkSameTarget(report, target);
        const coverage = checkCoverage(report, releaseUnknown, request.policy);
        const scan = { report, startedOn, finishedOn: world.clock.now() };
        return { ...measured, scan, findings: [...age, ...coverage] };
    }
    catch (error) {
        if (!(error instanceof not_measured/* NotMeasured */.k))
            throw error;
        return { ...measured, findings: [...measured.findings, error.finding] };
    }
}
async function resolveTarget({ target, digest }, { files }) {
    if (target.kind !== 'layout')
        return target;
    const { LayoutError, readLayout } = await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(679)]).then(__webpack_require__.bind(__webpack_require__, 2679));
    try {
        return await readLayout(target.path, digest, files);
    }
    catch (error) {
        if (!(error instanceof LayoutError))
            throw error;
        const rule = { invalid: rules/* vulnerabilityRules */.O.invalidLayout, several: rules/* vulnerabilityRules */.O.indexOfImages };
        throw new not_measured/* NotMeasured */.k(rule[error.problem], `The OCI layout cannot be scanned: ${error.message}`);
    }
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/predicate.js

function vulnerabilityPredicate({ report, startedOn, finishedOn }, database) {
    return {
        type: 'https://in-toto.io/attestation/vulns/v0.2',
        body: {
            scanner: {
                uri: 'https://github.com/aquasecurity/trivy',
                version: report.scannerVersion,
                db: {
                    ...(database.source !== undefined && { uri: database.source }),
                    version: String(databaseVersion),
                    lastUpdate: database.updatedAt.toISOString(),
                },
                result: report.vulnerabilities.map(resultOf),
            },
            metadata: { scanStartedOn: startedOn.toISOString(), scanFinishedOn: finishedOn.toISOString() },
        },
    };
}
function resultOf(one) {
    const about = { package: one.purl || one.package, installed: one.installed, fixed: one.fixed, path: one.path };
    return {
        id: one.id,
        severity: [{ method: one.ratedBy || 'trivy', score: one.severity }],
        annotations: [Object.fromEntries(Object.entries(about).filter(([, value]) => value !== ''))],
    };
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/scan-report.js
function packageCount({ packageSets }) {
    return packageSets.reduce((sum, { packages }) => sum + packages, 0);
}

;// CONCATENATED MODULE: ./build/bundle/js/vulnerabilities/tables.js



function scanTable(report) {
    return {
        title: 'What was scanned',
        columns: ['What', 'As found'],
        rows: [
            ['Target', report.artifact],
            ...(report.image ? [['Platform', report.image.platform]] : []),
            ['Distribution', report.distribution ? distributionName(report.distribution) : 'none'],
            ['Packages', packageCount(report)],
            ['Scanner', `Trivy ${report.scannerVersion}`],
        ],
    };
}
function gateOutputs(counts, database, now) {
    return {
        ...(counts && {
            ...Object.fromEntries(counts.map(({ severity, found }) => [severity, found])),
            fixable: counts.reduce((sum, { fixable }) => sum + fixable, 0),
        }),
        ...(database && {
            'database-updated-at': database.updatedAt.toISOString(),
            'database-age-hours': ageInHours(database, now),
        }),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/actions/policy-used.js
var policy_used = __webpack_require__(6161);
// EXTERNAL MODULE: ./build/bundle/js/actions/programs.js
var programs = __webpack_require__(7484);
// EXTERNAL MODULE: ./build/bundle/js/actions/registry.js + 1 modules
var registry = __webpack_require__(5441);
// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
;// CONCATENATED MODULE: ./build/bundle/js/actions/trivy-gate.js

















const trivyGate = (0,definition_define/* defineAction */.Q)({
    name: 'trivy-gate',
    title: 'Vulnerabilities',
    description: 'Scan an image with Trivy and let it pass only when a policy allows what was found.',
    icon: 'shield',
    inputs: {
        target: (0,inputs/* scanTarget */.rt)({ doc: 'What to scan.' }),
        image: (0,inputs/* image */.Sl)({
            optional: true,
            doc: 'The image that the evidence speaks of. By default the target, when that is an image; needed to name the image of an OCI layout.',
        }),
        policy: (0,definition_document/* document */.A)(async () => (await Promise.all(/* import() */[__webpack_require__.e(516), __webpack_require__.e(796)]).then(__webpack_require__.bind(__webpack_require__, 1796))).vulnerabilityPolicySchema)({
            default: 'built-in:policies/vulnerabilities.yaml',
            doc: 'Which vulnerabilities fail the gate, and how old the database may be (`schemas/vulnerabilities.json`).',
        }),
        database: (0,inputs/* path */.Ae)({
            optional: true,
            doc: "Folder of Trivy's cache, with `db/trivy.db` and `db/metadata.json` in it. By default Trivy downloads the public database.",
        }),
        timeout: (0,inputs/* duration */.p0)({ default: '10m', doc: 'How long one scan, or one download of the database, may take.' }),
        ...registry/* registryInputs */.P4,
        'trivy-path': (0,inputs/* text */.Qq)({ optional: true, doc: 'A Trivy that is already on the runner, in place of the pinned one.' }),
    },
    outputs: {
        critical: 'Number of critical vulnerabilities found, whether the policy allows them or not.',
        high: 'The same for severity high.',
        medium: 'The same for severity medium.',
        low: 'The same for severity low.',
        unknown: 'The same for those that nobody has rated yet.',
        fixable: 'Number of vulnerabilities for which a fixed version exists.',
        'database-updated-at': 'When the vulnerability database was made (RFC 3339).',
        'database-age-hours': 'Its age in hours.',
    },
    permissions: [
        { scope: 'contents', access: 'read', why: 'to check out the policy' },
        { scope: 'packages', access: 'read', why: 'to pull a private image from ghcr.io' },
    ],
    async run({ inputs, context }) {
        const policy = inputs.policy.value;
        const spokenOf = imageSpokenOf(inputs.target, inputs.image);
        const request = {
            target: inputs.target,
            digest: spokenOf?.digest,
            policy,
            database: inputs.database ?? localDatabase(context),
            login: (0,registry/* loginOf */.DQ)(inputs),
            timeout: inputs.timeout,
            trivyPath: inputs['trivy-path'],
        };
        const { findings, program, database, scan } = await measure(request, context.program, context);
        const found = scan?.report.vulnerabilities ?? [];
        const counts = countVulnerabilities(found, policy);
        const now = context.clock.now();
        const packages = scan ? packageCount(scan.report) : 0;
        return (0,report/* conclude */.E)({
            examined: { count: packages, what: 'installed package' },
            findings: [...judge(found, policy), ...findings],
            passed: `${(0,report_text/* count */.U9)(packages, 'package')} checked; the policy allows what was found.`,
            measurements: database ? [ageMeasurement(database, now, policy)] : [],
            sections: scan ? [countTable(counts, policy), scanTable(scan.report)] : [],
            subjects: (0,subjects/* subjectsOf */.Z)(spokenOf, context),
            policy: (0,policy_used/* policyUsed */.i)(inputs.policy),
            programs: program ? [(0,programs/* programUsed */.q)(program)] : [],
            predicates: scan && database ? [vulnerabilityPredicate(scan, database)] : [],
            outputs: gateOutputs(scan && counts, database, now),
        });
    },
});
function localDatabase({ local, root }) {
    const given = local['vulnerability-database'];
    return given === undefined ? undefined : (0,external_node_path_.resolve)(root, given);
}
function imageSpokenOf(target, given) {
    if (target.kind === 'folder' && given !== undefined)
        throw new values/* UsageError */.eb('Input `image`: a folder does not prove which image it is. Give the image itself as `target`, or leave `image` out.');
    if (target.kind !== 'image')
        return given;
    if (given !== undefined && given.digest !== target.image.digest)
        throw new values/* UsageError */.eb(`Input \`image\`: it is ${given.digest}, but \`target\` is ${target.image.digest}. Give one of them only.`);
    return given ?? target.image;
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

/***/ 1050:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ NotMeasured)
/* harmony export */ });
class NotMeasured extends Error {
    name = 'NotMeasured';
    finding;
    constructor(rule, message) {
        super(message);
        this.finding = { rule, message };
    }
}


/***/ }),

/***/ 8087:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ vulnerabilityRules)
/* harmony export */ });
/* harmony import */ var _report_rule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60);

const databaseReference = 'https://trivy.dev/docs/latest/guide/configuration/db/';
const coverageReference = 'https://trivy.dev/docs/latest/guide/coverage/os/';
const vulnerabilityRules = (0,_report_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .defineRules */ .x)({
    found: {
        id: 'vulnerabilities/vulnerability-found',
        title: 'A package has a vulnerability that the policy does not allow',
        why: 'The flaw is public, and so is often the way to use it.',
        fix: 'Remove the package, or build on a base image that is not affected: there is no fixed version yet.',
        outcome: 'fail',
    },
    tolerated: {
        id: 'vulnerabilities/vulnerability-tolerated',
        title: 'Packages have vulnerabilities that the policy allows',
        why: 'They are known flaws all the same; they count again when a fix appears or the policy changes.',
        fix: 'Nothing must be done now. Updating the base image often removes most of them.',
        outcome: 'note',
    },
    endOfLife: {
        id: 'vulnerabilities/end-of-life',
        title: 'The distribution gets no more security updates',
        why: 'Nobody publishes advisories for it any more, so a scan without findings says nothing.',
        fix: 'Build on a release that is still supported.',
        outcome: 'fail',
        reference: coverageReference,
    },
    endOfLifeTolerated: {
        id: 'vulnerabilities/end-of-life-tolerated',
        title: 'The distribution gets no more security updates, and the policy allows it',
        why: 'Nobody publishes advisories for it any more, so a scan without findings says nothing.',
        fix: 'Build on a release that is still supported.',
        outcome: 'warning',
        reference: coverageReference,
    },
    unknownDistribution: {
        id: 'vulnerabilities/unknown-distribution',
        title: 'The packages belong to a distribution that the scanner has no advisories for',
        why: 'Trivy skips such packages or finds nothing in them, and ends as if all were well.',
        fix: 'Build on a distribution and release that Trivy covers, and keep `/etc/os-release` in the image.',
        outcome: 'inconclusive',
        reference: coverageReference,
    },
    packagesMissing: {
        id: 'vulnerabilities/packages-missing',
        title: 'The distribution was found, but none of its packages',
        why: 'Without the package database, such as /var/lib/dpkg, the scanner cannot know what is installed.',
        fix: 'Keep the package database in the image; a clean-up step probably deletes it.',
        outcome: 'inconclusive',
        reference: coverageReference,
    },
    unmatchedPackages: {
        id: 'vulnerabilities/unmatched-packages',
        title: 'Packages are installed that no source of advisories covers',
        why: "The scanner lists packages from third-party repositories but cannot match them: a distribution's advisories do not speak of them.",
        fix: "Follow their vendor's security notices, or install the distribution's own packages.",
        outcome: 'warning',
        reference: coverageReference,
    },
    invalidLayout: {
        id: 'vulnerabilities/invalid-layout',
        title: 'The OCI layout does not hold the image',
        why: 'Evidence about an image must come from exactly its bytes.',
        fix: 'Write the layout again from the image that was built, and give the digest that the build printed.',
        outcome: 'fail',
        reference: 'https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md',
    },
    indexOfImages: {
        id: 'vulnerabilities/index-of-images',
        title: 'The digest names an index of images',
        why: 'An index holds an image for each platform; the scanner looks at one, and nothing would be known of the others.',
        fix: 'Give the digest of one image. docker/build-push-action pushes an index unless it builds for one platform with `provenance: false`; `docker buildx imagetools inspect` lists what is in one.',
        outcome: 'inconclusive',
    },
    scannerCrashed: {
        id: 'vulnerabilities/scanner-crashed',
        title: 'Trivy did not finish its work',
        why: 'What it printed until then may be a part only. An exit code other than 0 is an error: findings alone never cause one here.',
        fix: 'Read the lines of Trivy given. A private image needs a login or `registry-username` and `registry-password`; SIGKILL mostly means that memory ran out.',
        outcome: 'inconclusive',
    },
    scannerTimeout: {
        id: 'vulnerabilities/scanner-timeout',
        title: 'Trivy took too long and was stopped',
        why: 'A scan that was cut off has not seen everything.',
        fix: 'Give a longer `timeout`, or find out what is slow: a large image, or a registry that hangs.',
        outcome: 'inconclusive',
    },
    reportTruncated: {
        id: 'vulnerabilities/report-truncated',
        title: "Trivy's report is missing or incomplete",
        why: 'A part of a report may leave out the very finding that counts.',
        fix: 'Run the job again. If it stays, look at the free space in the temporary folder of the runner.',
        outcome: 'inconclusive',
    },
    reportUnknown: {
        id: 'vulnerabilities/report-unknown',
        title: "Trivy's report has a form that this gate does not know",
        why: 'A reader that guesses can miss findings.',
        fix: 'Use the version of Trivy that Slipway pins: leave out `trivy-path`.',
        outcome: 'inconclusive',
    },
    reportOfOtherImage: {
        id: 'vulnerabilities/report-of-other-image',
        title: "Trivy's report speaks of something else",
        why: 'The image that was asked for was not scanned.',
        fix: 'Check that `trivy-path` is the real Trivy, and that the registry gives the image of the digest.',
        outcome: 'inconclusive',
    },
    databaseMissing: {
        id: 'vulnerabilities/database-missing',
        title: 'There is no vulnerability database',
        why: 'Without it no vulnerability can be found.',
        fix: "Let Trivy download it (the runner needs to reach mirror.gcr.io or ghcr.io), or give `database`: the folder of Trivy's cache with `db/trivy.db` and `db/metadata.json`.",
        outcome: 'inconclusive',
        reference: databaseReference,
    },
    databaseUnreadable: {
        id: 'vulnerabilities/database-unreadable',
        title: 'The vulnerability database does not say what it is',
        why: 'Its age and form decide whether a scan with it means anything.',
        fix: 'Download the database anew, schema version 2, with its metadata.json.',
        outcome: 'inconclusive',
        reference: databaseReference,
    },
    databaseStale: {
        id: 'vulnerabilities/database-stale',
        title: 'The vulnerability database is too old',
        why: 'Vulnerabilities that were published since then cannot be found.',
        fix: 'Download the database anew, or repair the mirror or cache it comes from.',
        outcome: 'inconclusive',
        reference: databaseReference,
    },
});


/***/ })

};
