export const id = 679;
export const ids = [679];
export const modules = {

/***/ 2679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LayoutError: () => (/* binding */ LayoutError),
/* harmony export */   readLayout: () => (/* binding */ readLayout)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3516);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3932);



class LayoutError extends Error {
    name = 'LayoutError';
    problem;
    constructor(message, problem = 'invalid') {
        super(message);
        this.problem = problem;
    }
}
const descriptorSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    digest: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^sha256:[0-9a-f]{64}$/),
    platform: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ os: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), architecture: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }).optional(),
});
const indexSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ schemaVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(2), manifests: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(descriptorSchema) });
const manifestSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(2),
    config: descriptorSchema,
    layers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(descriptorSchema),
});
async function readLayout(folder, wanted, files) {
    const index = parse(indexSchema, await read((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'index.json'), files), 'index.json');
    const digest = choose(index.manifests, wanted).digest;
    const manifest = await readManifest(folder, digest, files);
    for (const { digest: layer } of manifest.layers) {
        const found = await files.sha256(blobPath(folder, layer)).then((hex) => `sha256:${hex}`, () => undefined);
        checkDigest(layer, found);
    }
    await readBlob(folder, manifest.config.digest, files);
    return { kind: 'layout', path: folder, digest, configDigest: manifest.config.digest };
}
function choose(manifests, wanted) {
    const found = wanted === undefined ? manifests : manifests.filter(({ digest }) => digest === wanted);
    const [first] = found;
    if (first === undefined) {
        const held = manifests.map(({ digest }) => digest).join(', ') || 'none';
        throw new LayoutError(`It does not hold the image ${wanted ?? 'at all'}; it holds ${held}.`);
    }
    if (new Set(found.map(({ digest }) => digest)).size > 1)
        throw new LayoutError(`It holds ${found.length} images; say by its digest which one is meant.`);
    return first;
}
async function readManifest(folder, digest, files) {
    const bytes = await readBlob(folder, digest, files);
    const index = indexSchema.safeParse(parseJson(bytes, digest));
    if (!index.success)
        return parse(manifestSchema, bytes, digest);
    const images = index.data.manifests.filter(({ platform }) => platform?.os !== 'unknown');
    if (images.length > 1)
        throw new LayoutError(`${digest} names images for ${images.length} platforms.`, 'several');
    const [image] = images;
    if (image === undefined)
        throw new LayoutError(`${digest} names no image.`);
    return parse(manifestSchema, await readBlob(folder, image.digest, files), image.digest);
}
async function readBlob(folder, digest, files) {
    const bytes = await read(blobPath(folder, digest), files);
    checkDigest(digest, (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(bytes));
    return bytes;
}
async function read(path, files) {
    try {
        return await files.readBytes(path, _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .maxManifestBytes */ .rq);
    }
    catch (error) {
        throw new LayoutError(`A file of it cannot be read: ${error.message}.`);
    }
}
function checkDigest(digest, found) {
    if (digest === found)
        return;
    const what = found === undefined ? 'cannot be read' : `has other content, ${found}`;
    throw new LayoutError(`Its blob ${digest} ${what}.`);
}
function parse(schema, bytes, what) {
    const result = schema.safeParse(parseJson(bytes, what));
    if (result.success)
        return result.data;
    const [first] = result.error.issues;
    throw new LayoutError(`Its ${what} is not valid at ${first?.path.map(String).join('.') ?? ''}: ${first?.message ?? ''}.`);
}
function parseJson(bytes, what) {
    try {
        return JSON.parse(new TextDecoder().decode(bytes));
    }
    catch {
        throw new LayoutError(`Its ${what} is no JSON.`);
    }
}
function blobPath(folder, digest) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'blobs', ...digest.split(':'));
}


/***/ })

};
