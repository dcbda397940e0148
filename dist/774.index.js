export const id = 774;
export const ids = [774];
export const modules = {

/***/ 9774:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findProgram: () => (/* binding */ findProgram)
/* harmony export */ });
function findProgram(name, path) {
    return Promise.reject(new Error(`no program ${name} ${path ?? ''}`));
}


/***/ })

};
