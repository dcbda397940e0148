export const id = 426;
export const ids = [426];
export const modules = {

/***/ 2704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ durationText)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9534);


function durationText(example) {
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .durationPattern */ .Zq, { error: `A duration is a number with a unit, such as \`${example}\`.` });
}


/***/ }),

/***/ 426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endpointsSchema: () => (/* binding */ endpointsSchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);
/* harmony import */ var _documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2704);


const endpoint = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    method: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
    path: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()
        .regex(/^\/[^\s#]*$/, { error: 'A path starts with `/` and has no white space and no `#`.' })
        .describe('Path and query, put behind the address of the service.'),
    weight: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr()
        .min(1)
        .max(100)
        .default(1)
        .describe('How often the endpoint is asked, beside the weights of the others.'),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(100).max(599).default(200).describe('Status of a good answer; redirects are not followed.'),
    headers: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[^\r\n]*$/)).default({}),
    body: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
});
const endpointsSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    timeout: (0,_documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .durationText */ .S)('5s').default('5s').describe('A request that was not answered within this time is bad.'),
    endpoints: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(endpoint).min(1).max(100),
});


/***/ })

};
