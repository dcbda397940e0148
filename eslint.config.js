import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The folders of `src` and, for each, the folders it may import. Arrows go one way; docs/architecture.md draws them.
 * A folder that is not listed here fails the lint.
 */
const mayImport = {
  report: [],
  effects: [],
  documents: [],
  registry: ['report', 'effects'],
  statistics: [],
  waivers: ['report', 'documents'],
  services: ['report', 'effects', 'documents'],
  seccomp: ['report', 'effects', 'documents', 'services', 'waivers'],
  vulnerabilities: ['report', 'effects', 'documents', 'registry'],
  signing: ['report', 'effects'],
  sbom: ['report', 'effects'],
  evidence: ['report', 'effects', 'registry', 'signing'],
  promotion: ['report', 'documents', 'registry', 'signing', 'evidence'],
  kubernetes: ['report', 'effects'],
  helm: ['report', 'effects', 'documents', 'kubernetes'],
  load: ['report', 'effects', 'documents'],
  canary: ['report', 'effects', 'documents', 'statistics', 'kubernetes'],
  definition: ['report', 'effects', 'documents', 'registry'],
  actions: [
    ...[
      'report',
      'effects',
      'documents',
      'registry',
      'services',
      'waivers',
      'seccomp',
      'vulnerabilities',
      'signing',
      'sbom',
    ],
    ...['evidence', 'promotion', 'kubernetes', 'helm', 'load', 'canary', 'definition'],
  ],
  github: ['report', 'effects', 'definition'],
  tools: ['effects', 'documents', 'definition'],
  action: ['report', 'effects', 'definition', 'actions', 'github', 'tools'],
  workflow: ['effects', 'documents'],
  local: ['effects', 'definition', 'workflow'],
  cli: ['report', 'effects', 'documents', 'seccomp', 'definition', 'github', 'tools', 'action', 'local'],
  road: ['report', 'effects', 'registry', 'signing', 'evidence', 'tools', 'workflow', 'local'],
};
/** Only these speak to the runner and to GitHub. */
const adapters = ['action', 'github', 'tools'];
/** Only these know the workflow parser, which is no part of `dist/`. */
const engine = ['workflow'];

const folders = readdirSync('src');
const unknown = folders.filter((folder) => !(folder in mayImport));
if (unknown.length > 0) throw new Error(`eslint.config.js does not say what src/${unknown.join(', src/')} may import`);

const boundaries = Object.entries(mayImport).flatMap(([folder, allowed]) =>
  // A file in a folder of its own (`src/workflow/stand-ins/`) goes up once more before it leaves the field.
  ['*', '*/*'].map((files, depth) => {
    const patterns = [
      {
        regex: `^(?:\\.\\./){${depth + 1},}(?!\\.|(?:${[folder, ...allowed].join('|')})/)`,
        message: `src/${folder} may import only: ${allowed.join(', ') || 'nothing'} (see docs/architecture.md).`,
      },
      ...(adapters.includes(folder)
        ? []
        : [
            {
              regex: engine.includes(folder) ? '^@actions/(?!workflow-parser|expressions)' : '^@actions/',
              message: `Only ${adapters.join(', ')} may import @actions/*; ask for an effect instead.`,
            },
          ]),
    ];
    return {
      files: [`src/${folder}/${files}.ts`],
      ignores: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': ['error', { patterns }],
        // The rule above does not see `import()`. A selector cannot hold a slash.
        'no-restricted-syntax': [
          'error',
          ...patterns.map(({ regex, message }) => ({
            selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\x2F')}/]`,
            message,
          })),
        ],
      },
    };
  }),
);

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'coverage/', 'schemas/', '**/node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      eqeqeq: 'error',
    },
  },
  ...boundaries,
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { Buffer: 'readonly', URL: 'readonly', fetch: 'readonly', performance: 'readonly', process: 'readonly' },
    },
  },
);
