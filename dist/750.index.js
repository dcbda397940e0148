export const id = 750;
export const ids = [750,702];
export const modules = {

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

/***/ 6702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  uY: () => (/* binding */ fetchRelease),
  oQ: () => (/* binding */ programOf),
  readyRelease: () => (/* binding */ readyRelease)
});

// UNUSED EXPORTS: titleOf

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/definition/values.js
var values = __webpack_require__(2513);
// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/node_modules/@actions/exec/lib/exec.js + 1 modules
var exec = __webpack_require__(6955);
;// CONCATENATED MODULE: ./build/bundle/js/tools/archive.js




const fix = 'Nothing of it was unpacked. Do not use this release, and tell the project that publishes it.';
async function checkArchive(archive, binary, what) {
    const entries = (await tar(['--list', '--verbose', '--numeric-owner', '--gzip', '--file', archive], what)).map((line) => readEntry(line, what));
    for (const { type, name } of entries) {
        if (name.startsWith('/') || name.split('/').includes('..')) {
            throw new effects/* ProgramError */.Z(`${what}: its archive holds \`${name}\`, which leads out of the folder.`, fix);
        }
        if (type !== '-' && type !== 'd') {
            throw new effects/* ProgramError */.Z(`${what}: its archive holds \`${name}\`, which is a link or a device.`, fix);
        }
    }
    const matching = entries.filter(({ type, name }) => type === '-' && name === binary);
    if (matching.length !== 1) {
        const held = entries.map(({ name }) => name).slice(0, 20);
        throw new effects/* ProgramError */.Z(`${what}: its archive holds ${matching.length} files \`${binary}\`, not one. It holds ${held.join(', ')}.`, 'Correct `binary` in tools/manifest.yaml to the name of the entry.');
    }
}
async function unpack(archive, binary, folder, what) {
    const place = ['--extract', '--gzip', '--file', archive, '--directory', folder];
    await tar([...place, '--no-same-owner', '--no-same-permissions', binary], what);
    const path = (0,external_node_path_.join)(folder, binary);
    const status = await (0,promises_.lstat)(path);
    if (status.isFile() && status.nlink === 1)
        return path;
    await (0,promises_.rm)(path, { force: true });
    throw new effects/* ProgramError */.Z(`${what}: \`${binary}\` in its archive is not a plain file.`, fix);
}
function readEntry(line, what) {
    const match = /^(\S)\S* +\S+ +[\d,]+ +\S+ +\S+ (.+)$/.exec(line);
    const [, type, name] = match ?? [];
    if (type === undefined || name === undefined)
        throw new effects/* ProgramError */.Z(`${what}: its archive lists an entry that cannot be read: \`${line}\`.`, fix);
    return { type, name };
}
async function tar(args, what) {
    const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
    const { exitCode, stdout, stderr } = await (0,exec/* getExecOutput */.H)('tar', args, { silent: true, ignoreReturnCode: true, env });
    if (exitCode !== 0)
        throw new effects/* ProgramError */.Z(`${what}: its archive cannot be read: ${stderr.trim()}`, fix);
    return stdout.split('\n').filter((line) => line !== '');
}

// EXTERNAL MODULE: ./build/bundle/node_modules/@actions/tool-cache/lib/tool-cache.js
var tool_cache = __webpack_require__(2873);
;// CONCATENATED MODULE: ./build/bundle/js/tools/cache.js




function cachedRelease(pin) {
    const folder = (0,tool_cache/* find */.I6)(...keyOf(pin));
    return folder === '' ? undefined : (0,external_node_path_.join)(folder, pin.file);
}
async function cacheRelease(pin, path) {
    const folder = (0,external_node_path_.join)(process.env.RUNNER_TOOL_CACHE ?? '', ...keyOf(pin));
    try {
        await (0,tool_cache/* cacheFile */.NJ)(path, pin.file, ...keyOf(pin));
    }
    catch (error) {
        if (cachedRelease(pin) !== undefined)
            return;
        await (0,promises_.rm)(folder, { recursive: true, force: true }).catch(() => undefined);
        throw new effects/* ProgramError */.Z(`${pin.name} ${pin.version} cannot be put into the tool cache at ${folder}: ${error.message}`, `Make the folder writable, put the program there beforehand, or give its path with the input \`${pin.name}-path\`.`, { cause: error });
    }
}
function keyOf({ name, version, platform, sha256 }) {
    return [`slipway-${name}`, version, `${platform}-${sha256}`];
}

// EXTERNAL MODULE: ./build/bundle/js/tools/digest.js
var digest = __webpack_require__(8629);
// EXTERNAL MODULE: ./build/bundle/js/effects/retry.js
var retry = __webpack_require__(9522);
;// CONCATENATED MODULE: ./build/bundle/js/tools/fetch.js




class NotServed extends Error {
    name = 'NotServed';
    passing;
    constructor(message, passing, options) {
        super(message, options);
        this.passing = passing;
    }
}
const maxRedirects = 5;
const maxBytes = 1024 ** 3;
const timeout = 600_000;
const pauses = [1000, 5000];
const distrust = 'Nothing of it was kept or run. Try once more; if it stays so, do not use this program, and tell the project that publishes it.';
async function download(file, target, network) {
    try {
        await save(file, target, network);
        const sha256 = await (0,digest/* sha256OfFile */.V)(target);
        if (sha256 === file.sha256)
            return;
        const { size } = await (0,promises_.stat)(target);
        throw new effects/* ProgramError */.Z(`${file.what}: the file from ${shown(file.url)} is not the pinned one. Its ${size} bytes have the sha256 ${sha256}, pinned is ${file.sha256}.`, distrust);
    }
    catch (error) {
        await (0,promises_.rm)(target, { force: true });
        throw error;
    }
}
async function save(file, target, network) {
    for (const pause of [...pauses, undefined]) {
        try {
            await follow(file, target, network);
            return;
        }
        catch (error) {
            if (pause === undefined || !(error instanceof NotServed) || !error.passing)
                throw error;
            await network.clock.sleep(pause, network.signal);
        }
    }
}
async function follow(file, target, network) {
    let address = allowed(file.url, file);
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
        const answer = await ask(address, file, target, network);
        if (answer.status === 200)
            return;
        const location = answer.headers.location;
        if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) {
            throw new NotServed(`${shown(address.href)} answered ${answer.status}.`, (0,retry/* isPassing */.WG)(answer.status));
        }
        address = allowed(location, file, address);
    }
    throw new effects/* ProgramError */.Z(`${file.what}: ${shown(file.url)} redirects more than ${maxRedirects} times, last to ${shown(address.href)}.`, distrust);
}
function allowed(url, { what, hosts }, from) {
    const where = from === undefined ? 'its address' : `${shown(from.href)} redirects, and the new address`;
    const address = URL.parse(url, from?.href);
    if (address === null)
        throw new effects/* ProgramError */.Z(`${what}: ${where} is no URL.`, distrust);
    if (address.protocol !== 'https:')
        throw new effects/* ProgramError */.Z(`${what}: ${where} ${shown(address.href)} is not https.`, distrust);
    if (!hosts.includes(address.host)) {
        throw new effects/* ProgramError */.Z(`${what}: ${where} ${shown(address.href)} is on ${address.host}, which is none of the listed hosts ${hosts.join(', ')}.`, 'Nothing was fetched from there. If the project has moved its files, add the host to `hosts` in tools/manifest.yaml.');
    }
    return address;
}
async function ask(address, { what, size }, target, { http, signal }) {
    try {
        return await http(address.href, { saveTo: target, maxBytes: size ?? maxBytes, timeout, signal });
    }
    catch (error) {
        if (error instanceof effects/* TooLargeError */.q) {
            throw new effects/* ProgramError */.Z(`${what}: ${error.message}, which is the most it may have.`, distrust, { cause: error });
        }
        const reason = error instanceof Error ? error.message : String(error);
        throw new NotServed(`${shown(address.href)} gave no complete answer: ${reason}`, true, { cause: error });
    }
}
function shown(url) {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
}

;// CONCATENATED MODULE: ./build/bundle/js/tools/release.js








async function readyRelease(pin, folder, fetcher) {
    try {
        await (0,promises_.mkdir)(folder, { recursive: true });
        const file = (0,external_node_path_.join)(folder, pin.file);
        if (!(await takeFromCache(pin, file, fetcher))) {
            await fetchRelease(pin, file, fetcher);
            await cacheRelease(pin, file);
        }
        const path = await programOf(pin, file, folder);
        return { path, sha256: pin.binary === undefined ? pin.sha256 : await (0,digest/* sha256OfFile */.V)(path) };
    }
    catch (error) {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
        throw error;
    }
}
async function programOf(pin, file, folder) {
    const program = pin.binary === undefined ? file : await unpack(file, pin.binary, folder, titleOf(pin));
    await (0,promises_.chmod)(program, 0o755);
    return program;
}
async function takeFromCache(pin, file, { log }) {
    const cached = cachedRelease(pin);
    if (cached === undefined)
        return false;
    await (0,promises_.copyFile)(cached, file).catch(() => undefined);
    if ((await isFile(file)) && (await (0,digest/* sha256OfFile */.V)(file)) === pin.sha256)
        return true;
    log.warning(`${titleOf(pin)}: the copy at ${cached} is damaged or was changed. It is not used, and fetched anew.`);
    return false;
}
async function fetchRelease(pin, file, fetcher) {
    const what = titleOf(pin);
    const missed = [];
    for (const source of sourcesOf(pin, fetcher.mirror)) {
        try {
            const started = fetcher.clock.now().getTime();
            await download({ what, ...source, sha256: pin.sha256, size: pin.size }, file, fetcher);
            if (pin.binary !== undefined)
                await checkArchive(file, pin.binary, what);
            const seconds = Math.round((fetcher.clock.now().getTime() - started) / 1000);
            const { size } = await (0,promises_.stat)(file);
            fetcher.log.info(`${what}: ${Math.round(size / 1e6)} MB from ${new URL(source.url).host} in ${seconds} s, sha256 as pinned.`);
            return;
        }
        catch (error) {
            if (!(error instanceof NotServed))
                throw error;
            missed.push(error.message);
        }
    }
    throw new effects/* ProgramError */.Z(`${what} cannot be fetched. ${missed.join(' ')}`, `Check the network or the proxy; name a mirror in SLIPWAY_TOOL_MIRROR; or give a path with the input \`${pin.name}-path\`.`);
}
function sourcesOf(pin, mirror) {
    const upstream = { url: pin.url, hosts: pin.hosts };
    if (mirror === undefined || mirror === '')
        return [upstream];
    const base = URL.parse(mirror);
    if (base?.protocol !== 'https:') {
        throw new values/* UsageError */.eb(`SLIPWAY_TOOL_MIRROR is \`${mirror}\`. Allowed: an https URL, such as https://mirror.example/tools.`);
    }
    const { host, pathname } = new URL(pin.url);
    return [{ url: `${base.href.replace(/\/$/, '')}/${host}${pathname}`, hosts: [base.host] }, upstream];
}
function titleOf({ name, version, platform }) {
    return `${name} ${version} for ${platform}`;
}
async function isFile(path) {
    return (await (0,promises_.stat)(path).catch(() => undefined))?.isFile() ?? false;
}


/***/ }),

/***/ 8750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   storedRelease: () => (/* binding */ storedRelease),
/* harmony export */   unpackRelease: () => (/* binding */ unpackRelease)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _release_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6702);



function storedRelease({ name, version, url, sha256 }) {
    return { name, version, origin: 'release', from: { url, sha256 }, key: sha256 };
}
async function unpackRelease(pin, path, fetcher) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), 'release');
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, pin.file);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
    await (0,_release_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchRelease */ .uY)(pin, file, fetcher);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(await (0,_release_js__WEBPACK_IMPORTED_MODULE_2__/* .programOf */ .oQ)(pin, file, folder), path);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true });
}


/***/ })

};
