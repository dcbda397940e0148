export const id = 23;
export const ids = [23];
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

/***/ 3023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promote: () => (/* binding */ promote),
  V: () => (/* binding */ promotionInputs)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/document.js
var definition_document = __webpack_require__(9114);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/evidence/read.js
var read = __webpack_require__(2843);
// EXTERNAL MODULE: ./build/bundle/js/registry/errors.js
var errors = __webpack_require__(8442);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: ./build/bundle/js/documents/duration.js
var duration = __webpack_require__(9534);
// EXTERNAL MODULE: ./build/bundle/js/report/evidence.js
var evidence = __webpack_require__(9871);
// EXTERNAL MODULE: ./build/bundle/js/signing/statement.js
var signing_statement = __webpack_require__(9300);
// EXTERNAL MODULE: ./build/bundle/js/promotion/rules.js
var rules = __webpack_require__(5044);
// EXTERNAL MODULE: ./build/bundle/js/signing/claims.js
var claims = __webpack_require__(24);
;// CONCATENATED MODULE: ./build/bundle/js/promotion/signer.js


function identityProblem(identity, policy, signer, serverUrl) {
    const { issuer, name, sourceRepositoryUri = '', sourceRepositoryId = '', sourceRepositoryRef = '' } = identity;
    if (issuer !== policy.issuer)
        return { rule: rules/* promotionRules */.r.wrongIssuer, found: issuer };
    const forge = (0,claims/* forgeOf */.$D)(issuer, serverUrl);
    const { repository, id, refs } = policy.source;
    if (sourceRepositoryUri !== `${forge}/${repository}` ||
        sourceRepositoryId !== id ||
        !refs.includes(sourceRepositoryRef)) {
        const found = `${sourceRepositoryUri || 'no repository'} (id ${sourceRepositoryId || 'none'}) at ${sourceRepositoryRef || 'no ref'}`;
        return { rule: rules/* promotionRules */.r.wrongSource, found };
    }
    return signsAsTrusted(identity, signer, forge) ? undefined : { rule: rules/* promotionRules */.r.wrongSigner, found: name };
}
function signsAsTrusted({ name, buildSignerDigest = '' }, { workflow, at }, forge) {
    const prefix = `${forge}/${workflow}@`;
    if (!name.startsWith(prefix))
        return false;
    const signedAt = name.slice(prefix.length);
    return at.includes(signedAt) || at.includes(buildSignerDigest);
}

;// CONCATENATED MODULE: ./build/bundle/js/promotion/verdict.js

function isVerdict({ predicateType }) {
    return predicateType === evidence/* predicateTypes */.ZR.verdict;
}
function verdictOf(statement) {
    if (!isVerdict(statement))
        return undefined;
    const { verifier, properties, slipway_details: details } = fields(statement.predicate);
    const { gate, verdict, mode, run, programs } = fields(details);
    const complete = [gate, verdict, mode, run].every((text) => typeof text === 'string') &&
        isListOf(properties, (property) => typeof property === 'string') &&
        isListOf(fields(verifier).policies, (policy) => typeof fields(fields(policy).digest).sha256 === 'string') &&
        isListOf(programs, (program) => typeof fields(program).origin === 'string');
    return complete ? statement.predicate : undefined;
}
function mayConcern(statement, gate, stage) {
    if (!isVerdict(statement))
        return false;
    const said = fields(fields(statement.predicate).slipway_details);
    const fits = (value, wanted) => typeof value !== 'string' || value === wanted;
    return fits(said.gate, gate) && (stage === undefined || fits(said.stage, stage));
}
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function isListOf(value, isItem) {
    return Array.isArray(value) && value.every(isItem);
}

;// CONCATENATED MODULE: ./build/bundle/js/promotion/clauses.js






const sbomTypes = ['https://spdx.dev/Document/v2.3', 'https://spdx.dev/Document'];
const clockSkew = 5 * 60_000;
const releaseGate = 'helm-release';
function judgeStage(name, judgement) {
    const { stages } = judgement.policy;
    const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
    if (stage === undefined)
        return [];
    const { after, require } = stage;
    return [
        ...(after === undefined ? [] : judgeStage(after.stage, judgement)),
        ...require.map((clause) => judgeClause(clause, judgement)),
        ...(after === undefined ? [] : [judgeBakeTime(after, judgement)]),
    ];
}
function judgeClause(clause, judgement) {
    const { evidence, by } = clause;
    const age = clause['maximum-age'];
    const result = {
        clause: evidence,
        needed: [`signed by ${by}`, age && `at most ${age} old`, clause.policy && `policy ${clause.policy}`]
            .filter(Boolean)
            .join(', '),
    };
    const newest = newestBy(by, (statement) => isAbout(evidence, statement), judgement);
    if ('broken' in newest)
        return { ...result, ...newest };
    const broken = newest.statements
        .map((statement) => brokenVerdict(clause, statement, judgement) ?? brokenAge(statement, age, judgement.now))
        .find((problem) => problem !== undefined);
    if (broken !== undefined)
        return { ...result, ...broken };
    const [statement] = newest.statements;
    return { ...result, found: `signed ${statement.signedAt.toISOString()}`, statement };
}
function judgeBakeTime(after, judgement) {
    const result = {
        clause: `after ${after.stage}`,
        needed: `deployed there by ${after.by}, ${after['bake-time']} ago or more`,
    };
    const newest = newestBy(after.by, (statement) => mayConcern(statement, releaseGate, after.stage), judgement);
    if ('broken' in newest)
        return { ...result, ...newest };
    const broken = newest.statements
        .map((statement) => brokenVerdict({ evidence: releaseGate }, statement, judgement) ?? brokenStage(statement))
        .find((problem) => problem !== undefined);
    if (broken !== undefined)
        return { ...result, ...broken };
    const property = (0,evidence/* propertyOf */.$r)(`deployed-${after.stage}`);
    const statement = newest.statements.find((release) => verdictOf(release)?.properties.includes(property));
    if (statement === undefined)
        return { ...result, found: 'a canary that no stable release followed', broken: rules/* promotionRules */.r.notDeployed };
    const baked = judgement.now.getTime() - statement.signedAt.getTime();
    const found = `deployed ${statement.signedAt.toISOString()}`;
    if (baked < (0,duration/* milliseconds */.Rz)(after['bake-time']))
        return { ...result, found, broken: rules/* promotionRules */.r.notBaked };
    return { ...result, found, statement };
}
function isAbout(evidence, statement) {
    if (evidence === 'signature')
        return statement.predicateType === signing_statement/* signaturePredicateType */._D;
    if (evidence === 'sbom')
        return sbomTypes.includes(statement.predicateType);
    return mayConcern(statement, evidence);
}
function newestBy(by, concerns, { policy, serverUrl, statements }) {
    const signer = policy.signers[by];
    if (signer === undefined)
        throw new Error(`the policy has no signer ${by}`);
    const newestFirst = statements
        .filter(concerns)
        .sort((a, b) => secondOf(b) - secondOf(a) || a.sha256.localeCompare(b.sha256));
    const [newest, ...older] = newestFirst.filter(({ identity }) => identityProblem(identity, policy, signer, serverUrl) === undefined);
    if (newest !== undefined)
        return { statements: [newest, ...older.filter((statement) => secondOf(statement) === secondOf(newest))] };
    const stranger = newestFirst.find((statement) => !isVerdict(statement) || verdictOf(statement) !== undefined);
    const problem = stranger && identityProblem(stranger.identity, policy, signer, serverUrl);
    return problem === undefined
        ? { found: 'nothing', broken: rules/* promotionRules */.r.evidenceMissing }
        : { found: `signed by ${problem.found}`, broken: problem.rule };
}
function secondOf({ signedAt }) {
    return Math.floor(signedAt.getTime() / 1000);
}
function brokenVerdict(clause, statement, { policy, policyDigests }) {
    if (!isVerdict(statement))
        return undefined;
    const verdict = verdictOf(statement);
    if (verdict === undefined)
        return { found: 'a verdict that cannot be read', broken: rules/* promotionRules */.r.notPassed };
    const { mode, verdict: said, run, programs } = verdict.slipway_details;
    if (mode !== 'enforce')
        return { found: `observed: ${said}`, broken: rules/* promotionRules */.r.onlyObserved };
    if (said !== 'pass' || !verdict.properties.includes((0,evidence/* propertyOf */.$r)(clause.evidence))) {
        return { found: `${said} in ${run || 'an unnamed run'}`, broken: rules/* promotionRules */.r.notPassed };
    }
    const unknown = programs.find(({ origin }) => !policy.programs.some((allowed) => allowed === origin));
    if (unknown !== undefined) {
        return {
            found: `${unknown.name} ${unknown.version} (${unknown.origin})`,
            broken: rules/* promotionRules */.r.unverifiedProgram,
        };
    }
    const needed = clause.policy === undefined ? undefined : policyDigests.get(clause.policy);
    const used = verdict.verifier.policies.map(({ digest }) => digest.sha256);
    if (clause.policy !== undefined && (needed === undefined || !used.includes(needed))) {
        return { found: `policy ${used.join(', ') || 'unnamed'}`, broken: rules/* promotionRules */.r.otherPolicy };
    }
    return undefined;
}
function brokenStage(statement) {
    return verdictOf(statement)?.slipway_details.stage === undefined
        ? { found: 'a release that names no stage', broken: rules/* promotionRules */.r.notPassed }
        : undefined;
}
function brokenAge({ signedAt }, maximumAge, now) {
    const age = now.getTime() - signedAt.getTime();
    const found = `signed ${signedAt.toISOString()}`;
    if (age < -clockSkew)
        return { found, broken: rules/* promotionRules */.r.evidenceFromFuture };
    return maximumAge !== undefined && age > (0,duration/* milliseconds */.Rz)(maximumAge)
        ? { found, broken: rules/* promotionRules */.r.evidenceOld }
        : undefined;
}

;// CONCATENATED MODULE: ./build/bundle/js/promotion/summary.js

const summaryType = 'https://slsa.dev/verification_summary/v1';
function verificationSummary({ verifier, now, resource, policy, stage, verdict, inputs }) {
    const passed = verdict === 'pass';
    return {
        type: summaryType,
        body: {
            verifier: { id: verifier },
            timeVerified: now.toISOString(),
            resourceUri: resource,
            policy: { uri: policy.uri, digest: { sha256: policy.sha256 } },
            inputAttestations: inputs.map(({ referrer, sha256 }) => ({
                uri: `${resource.split('@')[0] ?? ''}@${referrer}`,
                digest: { sha256 },
            })),
            verificationResult: passed ? 'PASSED' : 'FAILED',
            verifiedLevels: passed ? [(0,evidence/* propertyOf */.$r)(`stage-${stage}`)] : ['FAILED'],
            slsaVersion: '1.2',
        },
    };
}

;// CONCATENATED MODULE: ./build/bundle/js/promotion/promote.js






async function decidePromotion(request) {
    const findings = [...policyFindings(request)];
    let results = [];
    try {
        findings.push(...(await tagFindings(request)));
        const { verified, rejected } = await request.readEvidence();
        results = judgeStage(request.stage, { ...request, statements: verified });
        findings.push(...results.flatMap((result) => clauseFindings(result, request)), ...rejectedFindings(rejected));
    }
    catch (error) {
        if (!(error instanceof errors/* RegistryError */.g))
            throw error;
        findings.push({
            rule: rules/* promotionRules */.r.evidenceUnreadable,
            message: error.message,
            place: { resource: request.image.text },
        });
    }
    const verdict = (0,report/* decide */.L)(findings);
    const inputs = results.flatMap(({ statement }) => statement ?? []);
    return {
        verdict,
        findings,
        table: clauseTable(results, request.stage),
        policy: request.policyUsed,
        summary: verificationSummary({
            ...request,
            policy: request.policyUsed,
            resource: request.image.text,
            verdict,
            inputs,
        }),
    };
}
function policyFindings({ policy, stage, policyUsed, protectedRef }) {
    const place = { file: policyUsed.uri };
    const known = Object.keys(policy.stages).join(', ');
    return [
        ...(Object.hasOwn(policy.stages, stage)
            ? []
            : [
                {
                    rule: rules/* promotionRules */.r.unknownStage,
                    message: `There is no stage \`${stage}\`; the policy has ${known}.`,
                    place,
                },
            ]),
        ...(protectedRef === false
            ? [
                {
                    rule: rules/* promotionRules */.r.unprotectedPolicy,
                    message: 'The ref that the policy was read from is not protected.',
                    place,
                },
            ]
            : []),
    ];
}
async function tagFindings({ image, resolveTag }) {
    if (image.tag === undefined)
        return [];
    const now = await resolveTag(image.tag);
    if (now === image.digest)
        return [];
    const message = `The tag \`${image.tag}\` names ${now ?? 'nothing'} now, not ${image.digest}.`;
    return [{ rule: rules/* promotionRules */.r.tagMoved, message, place: { resource: image.text } }];
}
function clauseFindings({ clause, needed, found, broken }, { image, stage }) {
    if (broken === undefined)
        return [];
    const message = `Stage ${stage} needs ${clause} (${needed}); found: ${found}.`;
    return [{ rule: broken, message, place: { resource: image.text } }];
}
const namedAtMost = 10;
function rejectedFindings(rejected) {
    const rule = rules/* promotionRules */.r.attachmentRejected;
    const named = rejected.slice(0, namedAtMost).map(({ referrer, reason }) => `${referrer} does not count: ${reason}`);
    const [next, ...more] = rejected.slice(namedAtMost);
    const rest = next &&
        `${(0,report_text/* count */.U9)(more.length + 1, 'more attachment does', 'more attachments do')} not count; the first: ${next.reason}`;
    return [...named, ...(rest === undefined ? [] : [rest])].map((message) => ({ rule, message }));
}
function clauseTable(results, stage) {
    return {
        title: `Promotion to ${stage}`,
        columns: ['Clause', 'Needed', 'Found', 'Result'],
        rows: results.map(({ clause, needed, found, broken }) => [
            clause,
            needed,
            found,
            broken === undefined ? 'met' : broken.id,
        ]),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/definition/about.js
var about = __webpack_require__(1046);
// EXTERNAL MODULE: ./build/bundle/js/actions/policy-used.js
var policy_used = __webpack_require__(6161);
// EXTERNAL MODULE: ./build/bundle/js/actions/registry.js + 1 modules
var registry = __webpack_require__(5441);
// EXTERNAL MODULE: ./build/bundle/js/actions/trust.js + 4 modules
var trust = __webpack_require__(6315);
;// CONCATENATED MODULE: ./build/bundle/js/actions/promotion.js









const promotionInputs = { ...registry/* registryInputs */.P4, ...trust/* trustInputs */.Av };
async function promote(question, context) {
    const { image, stage, policy } = question;
    const repository = await (0,registry/* repositoryOf */._M)(image, 'pull', (0,registry/* loginOf */.DQ)(question), context);
    const verify = await (0,trust/* trustFor */.Qz)(question['trusted-root'], context);
    return decidePromotion({
        image,
        stage,
        policy: policy.value,
        policyUsed: (0,policy_used/* policyUsed */.i)(policy),
        policyDigests: await policyDigests(policy.value, context),
        protectedRef: context.run?.refProtected,
        now: context.clock.now(),
        serverUrl: context.run?.serverUrl ?? '',
        verifier: `${about/* homepage */.TB}/actions/promote@${about/* version */.rE}`,
        readEvidence: () => (0,read/* readEvidence */.A)(repository, image.digest, verify),
        resolveTag: async (tag) => (await repository.tagged(tag))?.manifest.digest,
    });
}
async function policyDigests(policy, context) {
    const clauses = Object.values(policy.stages).flatMap(({ require }) => require);
    const names = new Set(clauses.flatMap((clause) => clause.policy ?? []));
    const digests = new Map();
    for (const name of names) {
        try {
            digests.set(name, await (0,definition_document/* documentDigest */.y)(name, context));
        }
        catch (error) {
            if (!(error instanceof inputs/* InputProblem */.S7))
                throw error;
            throw new values/* UsageError */.eb(`The promotion policy names the policy \`${name}\`, which cannot be used: ${error.message}.`);
        }
    }
    return digests;
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

/***/ 5044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ promotionRules)
/* harmony export */ });
/* harmony import */ var _report_rule_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60);

const identityGuide = 'https://docs.sigstore.dev/certificate_authority/oidc-in-fulcio/';
const promotionRules = (0,_report_rule_js__WEBPACK_IMPORTED_MODULE_0__/* .defineRules */ .x)({
    unknownStage: {
        id: 'promotion/unknown-stage',
        title: 'The policy has no such stage',
        why: 'Without clauses nothing would be checked.',
        fix: 'Name one of the stages of the policy, or add the stage to it.',
        outcome: 'fail',
    },
    unprotectedPolicy: {
        id: 'promotion/unprotected-policy',
        title: 'The policy comes from a ref that is not protected',
        why: 'Whoever can push to that ref, or open a pull request, can write a policy that lets everything through.',
        fix: 'Run promotions from a branch or tag with a protection rule or ruleset (Settings, Rules).',
        outcome: 'fail',
    },
    tagMoved: {
        id: 'promotion/tag-moved',
        title: 'The tag names another image than the digest',
        why: 'Somebody pushed another image under this tag after the digest was taken; tag and digest no longer mean the same.',
        fix: 'Find out who moved the tag. Promote by digest alone only if you know why.',
        outcome: 'fail',
    },
    evidenceMissing: {
        id: 'promotion/evidence-missing',
        title: 'The digest has no such evidence',
        why: 'Nobody has signed that this was checked for exactly this image.',
        fix: 'Run the gate on this digest and sign its evidence in the same job (sbom-sign), then promote again.',
        outcome: 'fail',
    },
    wrongIssuer: {
        id: 'promotion/wrong-issuer',
        title: 'The evidence was signed with a token of another issuer',
        why: 'Another identity provider can name its users as it likes.',
        fix: 'Sign in a GitHub Actions job, or name the issuer in the policy.',
        outcome: 'fail',
        reference: identityGuide,
    },
    wrongSource: {
        id: 'promotion/wrong-source',
        title: 'The evidence comes from another repository or ref',
        why: 'Every repository in the world that calls the same reusable workflow signs under its name. The source repository and its number tell yours from theirs.',
        fix: 'Check where the image was built. After a rename, correct `source.repository`; its `id` stays.',
        outcome: 'fail',
        reference: identityGuide,
    },
    wrongSigner: {
        id: 'promotion/wrong-signer',
        title: 'The evidence was signed by another workflow, or by a version of it that is not trusted',
        why: 'Only the named workflow is known to sign what it measured, and only at the named commits.',
        fix: 'If you moved to a new version of the workflow, add its commit or tag to `signers.<name>.at`.',
        outcome: 'fail',
        reference: identityGuide,
    },
    notPassed: {
        id: 'promotion/gate-not-passed',
        title: 'The newest verdict of the gate is no pass',
        why: 'An older pass does not count when a newer run failed or could not tell.',
        fix: 'See the run named, mend what it found, and build again.',
        outcome: 'fail',
    },
    onlyObserved: {
        id: 'promotion/only-observed',
        title: 'The gate ran in observe mode',
        why: 'What is only observed never satisfies a promotion.',
        fix: 'Set `mode: enforce` on the gate.',
        outcome: 'fail',
    },
    otherPolicy: {
        id: 'promotion/other-policy',
        title: 'The gate used another policy',
        why: 'A pass by a softer or older policy says nothing about this one.',
        fix: 'Give the gate the policy that the promotion names, and build again.',
        outcome: 'fail',
    },
    unverifiedProgram: {
        id: 'promotion/unverified-program',
        title: 'The gate ran a program that nobody vouches for',
        why: 'A changed scanner finds nothing. Its digest is neither published nor built from committed sums.',
        fix: "Use Slipway's own version of the program, or allow `unverified` under `programs`.",
        outcome: 'fail',
    },
    evidenceOld: {
        id: 'promotion/evidence-old',
        title: 'The evidence is too old',
        why: 'Since then vulnerabilities became known and clusters changed.',
        fix: 'Run the gate again on this digest.',
        outcome: 'fail',
    },
    evidenceFromFuture: {
        id: 'promotion/evidence-from-future',
        title: 'The evidence was signed later than now',
        why: 'A clock is wrong: this machine’s, or that of the log. No age can be told.',
        fix: "Correct this machine's clock.",
        outcome: 'fail',
    },
    notBaked: {
        id: 'promotion/not-baked',
        title: 'The digest has not run long enough in the stage before',
        why: 'Leaks, slow growth and rare errors need time to show.',
        fix: 'Run the failed jobs again after the bake time, or let the promotion wait: `wait` of promote, `bake-wait` of release.yml, up to 55m.',
        outcome: 'fail',
    },
    notDeployed: {
        id: 'promotion/not-deployed',
        title: 'The digest does not serve in the stage before',
        why: 'The newest release of it there was a canary, which has no traffic of its own. What ran before it does not count.',
        fix: 'Release the digest there with `track: stable`, wait for the bake time, then promote again.',
        outcome: 'fail',
    },
    attachmentRejected: {
        id: 'promotion/attachment-rejected',
        title: 'Something attached to the digest does not count',
        why: 'It cannot be read or does not verify, so nobody can say what it was: perhaps nothing, perhaps a newer verdict than the one that counted.',
        fix: 'Look at it in the registry. If a gate of yours attached it, run that gate again on this digest and sign its verdict.',
        outcome: 'note',
    },
    evidenceUnreadable: {
        id: 'promotion/evidence-unreadable',
        title: 'The registry does not give the evidence',
        why: 'A registry that does not answer is not the same as an image without evidence; nothing can be said.',
        fix: 'Try again when the registry answers. Check the credentials of the job.',
        outcome: 'inconclusive',
    },
    checkNotWritten: {
        id: 'promotion/check-not-written',
        title: 'The decision could not be shown as a check',
        why: 'The decision stands; only the check run on the commit is missing.',
        fix: 'Give the job `checks: write`.',
        outcome: 'warning',
    },
});


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


/***/ })

};
