// Node marks an ES module that is loaded with require() as one (`__esModule`) so that its default export is found; jest does
// not. openapi-backend 5.21 loads this one so.
module.exports = {
  __esModule: true,
  ...require('../../node_modules/@apidevtools/json-schema-ref-parser/dist/lib/index.js'),
};
