export const id = 133;
export const ids = [133];
export const modules = {

/***/ 4133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readResult: () => (/* binding */ readResult)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);

const count = zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0);
const time = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).nullable();
const resultSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    complete: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(true),
    milliseconds: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().positive(),
    dropped: count,
    latency: time,
    endpoints: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ requests: count, bad: count, unanswered: count, latency: time })
        .refine(({ requests, bad, unanswered }) => unanswered <= bad && bad <= requests)
        .refine(({ requests, latency }) => (requests === 0) === (latency === null))),
});
function readResult(text, endpoints) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const result = resultSchema.safeParse(value);
    return result.success && result.data.endpoints.length === endpoints ? result.data : undefined;
}


/***/ })

};
