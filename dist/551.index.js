export const id = 551;
export const ids = [551];
export const modules = {

/***/ 6551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readTrivyReport: () => (/* binding */ readTrivyReport)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);
/* harmony import */ var _not_measured_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1050);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8087);



const name = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1);
const severity = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']);
const vulnerabilitySchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    VulnerabilityID: name,
    VendorIDs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()).optional(),
    PkgName: name,
    PkgPath: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    PkgIdentifier: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ PURL: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional() }).optional(),
    InstalledVersion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    FixedVersion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    SeveritySource: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    PrimaryURL: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Severity: severity,
});
const packageSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    Name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Repository: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ Class: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional() }).optional(),
});
const resultSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    Target: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    Class: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    Packages: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(packageSchema).optional(),
    Vulnerabilities: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(vulnerabilitySchema).optional(),
    ExperimentalModifiedFindings: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ Type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), Finding: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J() })).optional(),
});
const reportSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    SchemaVersion: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(2),
    Trivy: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ Version: name }),
    ArtifactName: name,
    ArtifactType: name,
    Metadata: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        OS: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ Family: name, Name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(), EOSL: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional() }).optional(),
        ImageID: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        RepoDigests: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()).optional(),
        ImageConfig: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ os: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(), architecture: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional() }).optional(),
    })
        .optional(),
    Results: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(resultSchema).optional(),
});
function readTrivyReport(text) {
    const read = reportSchema.safeParse(parse(text));
    if (!read.success)
        throw unknownForm(read.error);
    const raw = read.data;
    const distribution = distributionOf(raw);
    return {
        scannerVersion: raw.Trivy.Version,
        artifact: raw.ArtifactName,
        ...(raw.ArtifactType === 'container_image' && { image: imageOf(raw) }),
        ...(distribution && { distribution }),
        packageSets: (raw.Results ?? []).map(packageSetOf),
        vulnerabilities: (raw.Results ?? []).flatMap(vulnerabilitiesOf),
    };
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw new _not_measured_js__WEBPACK_IMPORTED_MODULE_1__/* .NotMeasured */ .k(_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .vulnerabilityRules */ .O.reportTruncated, text.trim() === '' ? 'Trivy wrote an empty report.' : `Trivy's report is no JSON: ${error.message}.`);
    }
}
function unknownForm({ issues }) {
    const [first] = issues;
    const where = first?.path.map(String).join('.') ?? '';
    return new _not_measured_js__WEBPACK_IMPORTED_MODULE_1__/* .NotMeasured */ .k(_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .vulnerabilityRules */ .O.reportUnknown, `Trivy's report is not of the form known${where && `, at ${where}`}: ${first?.message ?? 'no reason'}.`);
}
function distributionOf({ Metadata }) {
    const found = Metadata?.OS;
    return found && { family: found.Family, version: found.Name ?? '', endOfLife: found.EOSL ?? false };
}
function imageOf({ Metadata }) {
    const { os = '', architecture = '' } = Metadata?.ImageConfig ?? {};
    return {
        id: Metadata?.ImageID ?? '',
        repositoryDigests: Metadata?.RepoDigests ?? [],
        platform: `${os}/${architecture}`,
    };
}
function packageSetOf({ Target, Class, Packages = [] }) {
    return {
        target: Target,
        ofDistribution: Class === 'os-pkgs',
        packages: Packages.length,
        unmatched: Packages.filter(({ Repository }) => Repository?.Class === 'third-party').map(({ Name }) => Name ?? '?'),
    };
}
function vulnerabilitiesOf(result) {
    const suppressed = (result.ExperimentalModifiedFindings ?? []).flatMap(({ Type, Finding }) => {
        if (Type !== 'vulnerability')
            return [];
        const read = vulnerabilitySchema.safeParse(Finding);
        if (!read.success)
            throw unknownForm(read.error);
        return [read.data];
    });
    return [...(result.Vulnerabilities ?? []), ...suppressed].map(vulnerabilityOf);
}
function vulnerabilityOf(raw) {
    return {
        id: raw.VulnerabilityID,
        aliases: raw.VendorIDs ?? [],
        severity: raw.Severity.toLowerCase(),
        ratedBy: raw.SeveritySource ?? '',
        title: raw.Title ?? '',
        url: raw.PrimaryURL ?? '',
        package: raw.PkgName,
        purl: raw.PkgIdentifier?.PURL ?? '',
        path: raw.PkgPath ?? '',
        installed: raw.InstalledVersion ?? '',
        fixed: raw.FixedVersion ?? '',
        fixable: raw.Status === 'fixed',
    };
}


/***/ })

};
