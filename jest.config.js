// One project per kind of test: `unit` lies beside the code, the others in test/ run real programs.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // What a local run leaves here has packages of its own.
  modulePathIgnorePatterns: ['<rootDir>/.slipway/'],
  transform: { '^.+\\.ts$': '<rootDir>/test/support/strip-types.js' },
  moduleNameMapper: { '^@apidevtools/json-schema-ref-parser$': '<rootDir>/test/support/json-schema-ref-parser.cjs' },
};

const pureFields = [
  ...['report', 'documents', 'definition', 'services', 'seccomp', 'vulnerabilities', 'sbom', 'evidence', 'promotion'],
  ...['kubernetes', 'helm', 'load', 'canary', 'statistics'],
];

export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.test.ts'] },
    { ...common, displayName: 'contract', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
    { ...common, displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.test.ts'] },
    { ...common, displayName: 'dist', testMatch: ['<rootDir>/test/dist/**/*.test.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.test.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
  // `npm run coverage`: what the unit tests reach of the pure fields. Files that hold types only count as not reached.
  collectCoverageFrom: [`src/{${pureFields.join(',')}}/**/*.ts`, '!src/**/*.test.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 95 } },
};
