export const id = 245;
export const ids = [245,881];
export const modules = {

/***/ 1881:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseChecked: () => (/* binding */ parseChecked)
/* harmony export */ });
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9686);
/* harmony import */ var _yaml_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(561);


function parseChecked(text, schema) {
    let node;
    try {
        node = (0,_yaml_js__WEBPACK_IMPORTED_MODULE_0__/* .parseYaml */ .h)(text);
    }
    catch (error) {
        if (!(error instanceof _node_js__WEBPACK_IMPORTED_MODULE_1__/* .DocumentError */ .Mi))
            throw error;
        return { problems: [{ line: error.line, column: error.column, message: error.message }] };
    }
    const result = schema.safeParse((0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(node));
    const problems = [
        ...duplicates(node),
        ...(result.success ? [] : result.error.issues.map((issue) => placed(node, issue.path, issue.message))),
    ];
    if (problems.length > 0 || !result.success)
        return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
    return { value: result.data };
}
function placed(root, path, message) {
    const { line, column } = (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .pA)(root, path);
    return { line, column, message: path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message };
}
function duplicates(node) {
    if (node.kind === 'scalar')
        return [];
    if (node.kind === 'sequence')
        return node.items.flatMap(duplicates);
    const here = (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .duplicateKeys */ .ss)(node).map((key) => ({
        line: key.line,
        column: key.column,
        message: `${String(key.value)}: this key stands twice; only one of its values would count.`,
    }));
    return [...here, ...node.entries.flatMap(({ value }) => duplicates(value))];
}


/***/ }),

/***/ 9686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ get),
/* harmony export */   Mi: () => (/* binding */ DocumentError),
/* harmony export */   Mw: () => (/* binding */ maxDepth),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   rr: () => (/* binding */ LineIndex),
/* harmony export */   ss: () => (/* binding */ duplicateKeys)
/* harmony export */ });
class DocumentError extends Error {
    name = 'DocumentError';
    line;
    column;
    constructor(message, position) {
        super(message);
        this.line = position.line;
        this.column = position.column;
    }
}
const maxDepth = 100;
function get(node, key) {
    if (node?.kind !== 'mapping')
        return undefined;
    return node.entries.findLast((entry) => entry.key.value === key)?.value;
}
function duplicateKeys(node) {
    const seen = new Set();
    return node.entries.flatMap(({ key }) => {
        if (seen.has(key.value))
            return [key];
        seen.add(key.value);
        return [];
    });
}
function plain(node) {
    if (node.kind === 'scalar')
        return node.value;
    if (node.kind === 'sequence')
        return node.items.map(plain);
    return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value), plain(value)]));
}
function nearest(node, path) {
    const [step, ...rest] = path;
    if (step === undefined)
        return node;
    const next = node.kind === 'sequence' ? node.items[Number(step)] : get(node, String(step));
    return next === undefined ? node : nearest(next, rest);
}
class LineIndex {
    #starts = [0];
    constructor(text) {
        for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
            this.#starts.push(at + 1);
    }
    at(offset) {
        let low = 0;
        let high = this.#starts.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((this.#starts[middle] ?? 0) <= offset)
                low = middle;
            else
                high = middle - 1;
        }
        return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
    }
}


/***/ }),

/***/ 561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ parseYamlStream),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var js_yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5129);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9686);


const maxNodes = 1_000_000;
function parseYamlStream(text) {
    const lines = new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .LineIndex */ .rr(text);
    const events = readEvents(text, lines);
    const reader = new Reader(text, events, lines);
    return reader.documents();
}
function parseYaml(text) {
    const [first, second] = parseYamlStream(text);
    if (first === undefined)
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('It is empty.', { line: 1, column: 1 });
    if (second !== undefined)
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('It holds more than one YAML document.', second);
    return first;
}
function readEvents(text, lines) {
    try {
        return (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .parseEvents */ .PH)(text, { maxDepth: _node_js__WEBPACK_IMPORTED_MODULE_0__/* .maxDepth */ .Mw });
    }
    catch (error) {
        if (!(error instanceof js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .YAMLException */ .tB))
            throw error;
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`It is not YAML: ${error.reason}.`, lines.at(error.mark?.position ?? 0));
    }
}
class Reader {
    #text;
    #events;
    #lines;
    #anchors = new Map();
    #next = 0;
    #nodes = 0;
    constructor(text, events, lines) {
        this.#text = text;
        this.#events = events;
        this.#lines = lines;
    }
    documents() {
        const documents = [];
        while (this.#next < this.#events.length) {
            const event = this.#take();
            if (event.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.DOCUMENT)
                continue;
            this.#anchors.clear();
            this.#nodes = 0;
            if (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                documents.push(this.#node());
        }
        return documents.filter((document) => !(document.kind === 'scalar' && document.value === null));
    }
    #node() {
        const event = this.#take();
        switch (event.type) {
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.ALIAS:
                return this.#alias(event.anchorStart, event.anchorEnd);
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.SCALAR:
                return this.#keep(event, this.#scalar(event));
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.SEQUENCE: {
                const items = [];
                const node = { kind: 'sequence', items, ...this.#lines.at(event.start) };
                while (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                    items.push(this.#node());
                this.#take();
                return this.#keep(event, node);
            }
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.MAPPING: {
                const entries = [];
                const node = { kind: 'mapping', entries, ...this.#lines.at(event.start) };
                while (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                    entries.push(this.#entry());
                this.#take();
                return this.#keep(event, mergeKeys(node));
            }
            default:
                throw new Error(`unexpected YAML event ${event.type}`);
        }
    }
    #entry() {
        const key = this.#node();
        if (key.kind !== 'scalar')
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('A key is a list or a mapping; only text may be a key.', key);
        return { key, value: this.#node() };
    }
    #alias(start, end) {
        const name = this.#text.slice(start, end);
        const node = this.#anchors.get(name);
        const position = this.#lines.at(start);
        if (node === undefined)
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`The alias *${name} has no anchor before it.`, position);
        this.#count(size(node), position);
        return node;
    }
    #keep(event, node) {
        this.#count(1, node);
        if (event.anchorStart >= 0)
            this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
        return node;
    }
    #count(nodes, position) {
        this.#nodes += nodes;
        if (this.#nodes > maxNodes)
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`Its aliases unfold to more than ${maxNodes} values.`, position);
    }
    #scalar(event) {
        const text = (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .getScalarValue */ .KE)(this.#text, event);
        const tag = event.tagStart >= 0 ? this.#text.slice(event.tagStart, event.tagEnd) : '';
        const isText = event.style !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .SCALAR_STYLE */ .jK.PLAIN || tag.endsWith('str') || tag === '!';
        return {
            kind: 'scalar',
            value: isText ? text : resolveScalar(text),
            ...this.#lines.at(Math.max(event.valueStart, 0)),
        };
    }
    #peek() {
        return this.#events[this.#next];
    }
    #take() {
        const event = this.#events[this.#next++];
        if (event === undefined)
            throw new Error('the YAML events end too early');
        return event;
    }
}
function resolveScalar(text) {
    if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(Number(text)))
        return BigInt(text.replace('+', ''));
    if (!/^(?:~|null|true|false|[-+.]?[\d.].*|[-+]?\.(?:inf|nan))?$/i.test(text))
        return text;
    return (text === '' ? null : (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .load */ .Hh)(text, { schema: js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .CORE_SCHEMA */ .OU }));
}
function mergeKeys(node) {
    if (!node.entries.some(({ key }) => key.value === '<<'))
        return node;
    const own = node.entries.filter(({ key }) => key.value !== '<<');
    const merged = node.entries.filter(({ key }) => key.value === '<<').flatMap(({ value }) => sources(value));
    const known = new Set(own.map(({ key }) => key.value));
    const added = merged.filter(({ key }) => !known.has(key.value) && known.add(key.value));
    return { ...node, entries: [...own, ...added] };
}
function sources(value) {
    if (value.kind === 'mapping')
        return value.entries;
    if (value.kind === 'sequence')
        return value.items.flatMap(sources);
    throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('A merge key (<<) needs a mapping or a list of mappings.', value);
}
function size(node) {
    if (node.kind === 'scalar')
        return 1;
    if (node.kind === 'sequence')
        return node.items.reduce((sum, item) => sum + size(item), 1);
    return node.entries.reduce((sum, { value }) => sum + 1 + size(value), 1);
}


/***/ }),

/***/ 245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  programFinder: () => (/* binding */ programFinder)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/js/tools/digest.js
var digest = __webpack_require__(8629);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
;// CONCATENATED MODULE: ./build/bundle/js/tools/given.js



function settingOf(program) {
    return `SLIPWAY_${program.toUpperCase().replaceAll('-', '_')}`;
}
async function givenPath(program, given, giver) {
    const path = (0,external_node_path_.resolve)(given);
    if ((await (0,promises_.stat)(path).catch(() => undefined))?.isFile() === true)
        return path;
    throw new values/* UsageError */.eb(`${giver}: \`${given}\` is no file. Allowed: the path of ${program}.`);
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(3916);
// EXTERNAL MODULE: ./build/bundle/node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(3516);
// EXTERNAL MODULE: ./build/bundle/js/documents/checked.js
var documents_checked = __webpack_require__(1881);
;// CONCATENATED MODULE: ./build/bundle/js/tools/manifest.js





const platforms = ['linux-x64', 'linux-arm64'];
const sha256 = schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/, 'A sha256 has 64 lower-case hex digits.');
const template = schemas/* string */.YjP().min(1);
const secureUrl = template.refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:', {
    message: 'Only https:// is fetched.',
    abort: true,
});
const asset = schemas/* strictObject */.rej({
    url: secureUrl.describe('Where the release lies.'),
    sha256: sha256.describe('Digest of the file at `url`.'),
    size: schemas/* int */.Whr().positive().optional().describe('Bytes of the file at `url`, where known.'),
    binary: template
        .optional()
        .describe("Name of the program's entry in the archive; absent when the file is the program."),
    'binary-sha256': sha256.optional().describe('Digest of that entry, where known.'),
})
    .refine(({ url, binary }) => url.endsWith('.tar.gz') === (binary !== undefined), {
    message: 'A .tar.gz needs `binary`, and any other file is the program itself and has none.',
});
const signature = schemas/* discriminatedUnion */.gMt('kind', [
    schemas/* strictObject */.rej({
        kind: schemas/* literal */.euz('sigstore-bundle').describe('A Sigstore bundle over the asset, beside it.'),
        bundle: template,
        identity: template,
        issuer: template,
    }),
    schemas/* strictObject */.rej({
        kind: schemas/* literal */.euz('sigstore-certificate')
            .describe('A detached signature and certificate, which cosign 3 no longer reads.'),
        over: template,
        signature: template,
        certificate: template,
        identity: template,
        issuer: template,
    }),
    schemas/* strictObject */.rej({ kind: schemas/* literal */.euz('pgp'), signature: template, keys: template }),
    schemas/* strictObject */.rej({ kind: schemas/* literal */.euz('none-seen').describe("No signing step was seen in the project's release files.") }),
]);
const pinned = schemas/* strictObject */.rej({
    version: schemas/* string */.YjP()
        .regex(/^\d+\.\d+\.\d+$/, 'An exact version such as 1.2.3, in quotes if YAML takes it for a number.'),
    basis: schemas/* string */.YjP().min(1).describe('Where the digests come from, and what was checked.'),
    hosts: schemas/* array */.YOg(schemas/* string */.YjP().min(1)).min(1).describe('The only hosts that a download may touch, redirects included.'),
    checksums: template.optional().describe("The release's own list of digests; `update` compares with it."),
    signature,
    assets: schemas/* partialRecord */.jgl(schemas/* enum */.k5n(platforms), asset),
})
    .refine(({ hosts, assets }) => Object.values(assets).every(({ url }) => hosts.includes(new URL(url).host)), {
    message: 'The host of an asset is not in `hosts`.',
});
const manifestSchema = schemas/* strictObject */.rej({ programs: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[a-z][a-z0-9-]*$/), pinned) });
async function readManifest(path) {
    return parseManifest(await (0,promises_.readFile)(path, 'utf8'), path);
}
function parseManifest(text, path) {
    const checked = (0,documents_checked.parseChecked)(text, manifestSchema);
    if ('value' in checked)
        return checked.value;
    const problems = checked.problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    throw new Error(problems.join('\n'));
}
function pinsOf(manifest, name) {
    const program = manifest.programs[name];
    if (program === undefined)
        return [];
    const { version, hosts, assets } = program;
    return platforms.flatMap((platform) => {
        const asset = assets[platform];
        if (asset === undefined)
            return [];
        const url = asset.url.replaceAll('{version}', version);
        return [
            {
                ...{ name, version, platform, hosts, url },
                file: (0,posix_.basename)(new URL(url).pathname),
                sha256: asset.sha256,
                size: asset.size,
                binary: asset.binary?.replaceAll('{version}', version),
                binarySha256: asset.binary === undefined ? asset.sha256 : asset['binary-sha256'],
            },
        ];
    });
}
function pinOf(manifest, name, platform) {
    const pins = pinsOf(manifest, name);
    const pin = pins.find((candidate) => candidate.platform === platform);
    if (pin !== undefined)
        return pin;
    if (pins[0] === undefined) {
        throw new effects/* ProgramError */.Z(`There is no program \`${name}\` in tools/manifest.yaml; it holds ${Object.keys(manifest.programs).join(', ')}.`, `Correct the name, or give the path of the program with the input \`${name}-path\`.`);
    }
    throw new effects/* ProgramError */.Z(`tools/manifest.yaml has no digest of ${name} ${pins[0].version} for ${platform}, only for ${pins.map((one) => one.platform).join(' and ')}. What has no digest is not fetched.`, `Run on one of these platforms, or give the path of the program with the input \`${name}-path\`.`);
}
function thisPlatform() {
    return `${process.platform}-${process.arch}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/bundle/js/tools/store.js






const recordSchema = schemas/* strictObject */.rej({
    name: schemas/* string */.YjP(),
    version: schemas/* string */.YjP(),
    origin: schemas/* enum */.k5n(['source', 'release']),
    sha256: schemas/* string */.YjP(),
    size: schemas/* int */.Whr(),
    from: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
});
function storePath({ name, version, key }) {
    const { XDG_CACHE_HOME: given = '' } = process.env;
    const cache = given === '' ? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.cache') : given;
    return (0,external_node_path_.join)(cache, 'slipway', 'programs', `${name}-${version}-${key.slice(0, 16)}`, name);
}
async function findStored(program) {
    const path = storePath(program);
    const record = await readRecord(path);
    const status = await (0,promises_.stat)(path).catch(() => undefined);
    return record !== undefined && status?.size === record.size ? path : undefined;
}
async function readRecord(path) {
    try {
        return recordSchema.parse(JSON.parse(await (0,promises_.readFile)(`${path}.json`, 'utf8')));
    }
    catch {
        return undefined;
    }
}
async function store(program, make) {
    const path = storePath(program);
    const programs = (0,external_node_path_.dirname)((0,external_node_path_.dirname)(path));
    const fresh = (0,external_node_path_.join)(programs, `.new-${(0,external_node_crypto_.randomUUID)()}`);
    await (0,promises_.mkdir)(fresh, { recursive: true });
    try {
        const made = (0,external_node_path_.join)(fresh, (0,external_node_path_.basename)(path));
        await make(made);
        await (0,promises_.writeFile)(`${made}.json`, `${JSON.stringify(await recordOf(program, made), null, 2)}\n`);
        await moveInto(fresh, program);
        return path;
    }
    finally {
        await (0,promises_.rm)(fresh, { recursive: true, force: true });
        await removeAbandoned(programs);
    }
}
async function recordOf({ name, version, origin, from }, path) {
    return { name, version, origin, sha256: await (0,digest/* sha256OfFile */.V)(path), size: (await (0,promises_.stat)(path)).size, from };
}
async function moveInto(fresh, program) {
    const folder = (0,external_node_path_.dirname)(storePath(program));
    try {
        await (0,promises_.rename)(fresh, folder);
    }
    catch (error) {
        if (!['ENOTEMPTY', 'EEXIST'].includes(error.code ?? ''))
            throw error;
        if ((await findStored(program)) !== undefined)
            return;
        await (0,promises_.rm)(folder, { recursive: true, force: true });
        await (0,promises_.rename)(fresh, folder);
    }
}
const dayMilliseconds = 24 * 3600 * 1000;
async function removeAbandoned(programs) {
    for (const name of await (0,promises_.readdir)(programs)) {
        if (!name.startsWith('.new-'))
            continue;
        const status = await (0,promises_.stat)((0,external_node_path_.join)(programs, name)).catch(() => undefined);
        if (status !== undefined && Date.now() - status.mtimeMs > dayMilliseconds)
            await (0,promises_.rm)((0,external_node_path_.join)(programs, name), { recursive: true, force: true });
    }
}

;// CONCATENATED MODULE: ./build/bundle/js/tools/find.js






function programFinder(world, mirror) {
    const found = new Map();
    return (name, path) => {
        const key = JSON.stringify([name, path]);
        const program = found.get(key) ?? find(name, path, world, mirror);
        found.set(key, program);
        return program;
    };
}
async function find(name, path, world, mirror) {
    const manifest = await readManifest(world.packaged('tools/manifest.yaml'));
    const setting = world.local[name];
    if (setting !== undefined) {
        return givenProgram(name, setting, settingOf(name), manifest, await readRecord((0,external_node_path_.resolve)(setting)));
    }
    if (path !== undefined)
        return givenProgram(name, path, `Input \`${name}-path\``, manifest);
    const pin = pinOf(manifest, name, thisPlatform());
    const fetcher = { ...world, mirror };
    const onRunner = process.env.RUNNER_TOOL_CACHE !== undefined;
    const ready = await (onRunner ? releaseOfRunner(pin, world.temp, fetcher) : releaseOfStore(pin, fetcher));
    return { name, version: pin.version, origin: 'release', ...ready };
}
async function releaseOfRunner(pin, temp, fetcher) {
    const { readyRelease } = await Promise.all(/* import() */[__webpack_require__.e(879), __webpack_require__.e(702)]).then(__webpack_require__.bind(__webpack_require__, 6702));
    return readyRelease(pin, (0,external_node_path_.join)(temp, 'programs', pin.name), fetcher);
}
async function releaseOfStore(pin, fetcher) {
    const { storedRelease, unpackRelease } = await Promise.all(/* import() */[__webpack_require__.e(879), __webpack_require__.e(750)]).then(__webpack_require__.bind(__webpack_require__, 8750));
    const program = storedRelease(pin);
    const path = (await findStored(program)) ?? (await store(program, (fresh) => unpackRelease(pin, fresh, fetcher)));
    const sha256 = await (0,digest/* sha256OfFile */.V)(path);
    if ((await readRecord(path))?.sha256 === sha256)
        return { path, sha256 };
    throw new effects/* ProgramError */.Z(`${path} was changed since it was unpacked.`, `Remove ${(0,external_node_path_.dirname)(path)} and try again.`);
}
async function givenProgram(name, given, giver, manifest, record) {
    const path = await givenPath(name, given, giver);
    const sha256 = await (0,digest/* sha256OfFile */.V)(path);
    const program = { name, path, sha256 };
    const pin = pinsOf(manifest, name).find(({ binarySha256 }) => binarySha256 === sha256);
    if (pin !== undefined)
        return { ...program, version: pin.version, origin: 'release' };
    if (record?.name === name && record.sha256 === sha256)
        return { ...program, version: record.version, origin: record.origin };
    return { ...program, version: 'unknown', origin: 'unverified' };
}


/***/ })

};
