export const id = 796;
export const ids = [796];
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

/***/ 1796:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   vulnerabilityPolicySchema: () => (/* binding */ vulnerabilityPolicySchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3516);
/* harmony import */ var _documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2704);


const failing = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['always', 'fixable', 'never']);
const vulnerabilityPolicySchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(1),
    fail: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ critical: failing, high: failing, medium: failing, low: failing, unknown: failing })
        .describe('When a vulnerability fails the gate, by severity. `fixable`: when a fixed version exists.'),
    'max-database-age': (0,_documents_duration_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .durationText */ .S)('48h').describe('How long ago the vulnerability database may have been made.'),
    'end-of-life': zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['fail', 'warn']).describe('What a distribution without security updates does.'),
});


/***/ })

};
