export const id = 717;
export const ids = [717];
export const modules = {

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

/***/ 3717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readManifest: () => (/* binding */ readManifest)
/* harmony export */ });
/* harmony import */ var _documents_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9686);
/* harmony import */ var _documents_yaml_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(561);
/* harmony import */ var _kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2753);



function readManifest(text) {
    const objects = (0,_documents_yaml_js__WEBPACK_IMPORTED_MODULE_0__/* .parseYamlStream */ .b)(text).flatMap(itemsOf);
    return {
        containers: objects.flatMap((object) => containersIn(object, (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_1__/* .workloadName */ .vO)(identityOf(object)))),
        workloads: objects.flatMap((object) => {
            const { kind, name, namespace } = identityOf(object);
            if (!(0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_1__/* .isWorkloadKind */ .A)(kind))
                return [];
            return [{ kind, name, namespace, containers: containersIn(object, (0,_kubernetes_workload_js__WEBPACK_IMPORTED_MODULE_1__/* .workloadName */ .vO)({ kind, name })) }];
        }),
    };
}
function itemsOf(object) {
    const items = (0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(object, 'items');
    return textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(object, 'kind')) === 'List' && items?.kind === 'sequence' ? items.items.flatMap(itemsOf) : [object];
}
function identityOf(object) {
    const metadata = (0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(object, 'metadata');
    const name = textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(metadata, 'name'));
    return { kind: textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(object, 'kind')), name, namespace: textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(metadata, 'namespace')) };
}
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];
function containersIn(node, resource) {
    if (node.kind === 'scalar')
        return [];
    if (node.kind === 'sequence')
        return node.items.flatMap((item) => containersIn(item, resource));
    return node.entries.flatMap(({ key, value }) => {
        const below = containersIn(value, resource);
        if (value.kind !== 'sequence' || !containerLists.includes(key.value))
            return below;
        const here = value.items
            .filter((item) => (0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(item, 'image') !== undefined)
            .map((item) => ({ resource, name: textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(item, 'name')), image: textOf((0,_documents_node_js__WEBPACK_IMPORTED_MODULE_2__/* .get */ .Jt)(item, 'image')) }));
        return [...here, ...below];
    });
}
function textOf(node) {
    return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}


/***/ })

};
