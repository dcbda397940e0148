/** The formats in which a report leaves Slipway, against their published schemas, with every rule of every gate. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { catalog } from '../../src/action/catalog.ts';
import { renderStatements, type GateRun } from '../../src/report/evidence.ts';
import { conclude, type Finding, type Report } from '../../src/report/report.ts';
import type { Rule } from '../../src/report/rule.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { hostileTexts } from '../support/hostile.ts';

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
const definitions = await Promise.all(Object.values(catalog).map((load) => load()));
const rules: Rule[] = [];
for (const file of globSync('src/**/rules.ts').sort()) {
  const tables = (await import(`../../${file}`)) as Record<string, Record<string, Rule>>;
  rules.push(...Object.values(tables).flatMap((table) => Object.values(table)));
}

const errorsOf = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

function reportOf(findings: readonly Finding[]): Report {
  return conclude({
    examined: { count: 1, what: 'thing' },
    findings,
    passed: 'Fine.',
    subjects: [{ name: 'ghcr.io/octo/shop', digest: { sha256: 'a'.repeat(64) } }],
    policy: { uri: 'policy.yaml', sha256: 'b'.repeat(64) },
    programs: [{ name: 'trivy', version: '1', sha256: 'c'.repeat(64), origin: 'release' }],
  });
}

describe('SARIF 2.1.0, by the schema that Microsoft publishes', () => {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // Of draft 4, which our validator does not name; none of the keywords in it has another meaning in draft 7.
  const schema: object = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), $schema: undefined, id: undefined };
  const validate = ajv.compile(schema);
  const sarif = (findings: readonly Finding[]): { runs: { results: object[] }[] } =>
    JSON.parse(renderSarif(reportOf(findings), 'trivy-gate', '0.1.0', 'https://example.test')) as never;

  it('every rule of every gate makes a valid result, with and without a place', () => {
    const findings = rules.flatMap((rule): Finding[] => [
      { rule, message: 'Wrong.' },
      { rule, message: 'Wrong.', place: { file: 'a b/ü#.yaml', line: 3, column: 4 } },
      { rule, message: 'Wrong.', place: { resource: 'Deployment web' } },
    ]);
    const log = sarif(findings);
    expect(log.runs[0]?.results).toHaveLength(3 * rules.length);
    expect(errorsOf(validate, log)).toEqual([]);
  });

  it.each(hostileTexts)('stays valid with a text such as %j', (text) => {
    const [rule] = rules;
    expect(errorsOf(validate, sarif([{ rule: rule!, message: text, place: { file: text, line: 1 } }]))).toEqual([]);
  });

  // docs.github.com, "SARIF support for code scanning": what GitHub needs beyond the schema.
  it('gives each result what code scanning needs', () => {
    const place = { file: 'compose.yaml', line: 3 };
    const [run] = sarif(rules.map((rule) => ({ rule, message: 'Wrong.', place }))).runs;
    expect(run?.results).toHaveLength(rules.length);
    for (const result of run?.results ?? []) {
      expect(result).toMatchObject({
        ruleId: expect.stringMatching(/^[a-z0-9-]+\/[a-z0-9-]+$/),
        message: { text: expect.stringMatching(/./) },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'compose.yaml' }, region: { startLine: 3 } } }],
        partialFingerprints: { 'slipway/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
    }
  });
});

describe('in-toto statements', () => {
  const digests = {
    type: 'object',
    minProperties: 1,
    additionalProperties: { type: 'string', pattern: '^[0-9a-f]+$' },
  };
  const subjects = {
    type: 'array',
    minItems: 1,
    items: { type: 'object', required: ['digest'], properties: { name: { type: 'string' }, digest: digests } },
  };
  /** in-toto/attestation, spec/v1/statement.md and resource_descriptor.md. */
  const statement = ajv.compile({
    type: 'object',
    required: ['_type', 'subject', 'predicateType', 'predicate'],
    properties: {
      _type: { const: 'https://in-toto.io/Statement/v1' },
      subject: subjects,
      predicateType: { type: 'string', pattern: '^https://[^ ]+/v[0-9.]+$' },
      predicate: { type: 'object' },
    },
    additionalProperties: false,
  });
  const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' };
  const descriptor = { type: 'object', required: ['digest'], properties: { uri: { type: 'string' }, digest: digests } };
  const predicates: Record<string, ValidateFunction> = {
    /** in-toto/attestation, spec/predicates/svr.md. */
    'https://in-toto.io/attestation/svr/v0.2': ajv.compile({
      type: 'object',
      required: ['verifier', 'timeCreated', 'properties'],
      properties: {
        verifier: {
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'string', pattern: '^https://' },
            policies: { type: 'array', minItems: 1, items: descriptor },
          },
        },
        timeCreated: time,
        properties: { type: 'array', items: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } },
      },
    }),
    /** in-toto/attestation, spec/predicates/test-result.md. */
    'https://in-toto.io/attestation/test-result/v0.1': ajv.compile({
      type: 'object',
      required: ['result', 'configuration'],
      properties: {
        result: { enum: ['PASSED', 'WARNED', 'FAILED'] },
        configuration: { type: 'array', items: descriptor },
        url: { type: 'string' },
        passedTests: { type: 'array', items: { type: 'string' } },
        warnedTests: { type: 'array', items: { type: 'string' } },
        failedTests: { type: 'array', items: { type: 'string' } },
      },
    }),
  };
  const outcomes = ['pass', 'fail', 'inconclusive', 'warning'] as const;
  const cases = definitions.flatMap((definition) => outcomes.map((outcome) => ({ definition, outcome })));

  it.each(cases)(
    'of $definition.name that ends with $outcome have every field of their types',
    ({ definition, outcome }) => {
      const rule = rules.find((one) => one.outcome === outcome);
      const run: GateRun = {
        gate: definition.name,
        verifier: `https://example.test/${definition.name}@0.1.0`,
        mode: 'enforce',
        finishedOn: '2026-01-01T00:00:00Z',
        url: 'https://example.test/run',
      };
      const report = reportOf(rule === undefined ? [] : [{ rule, message: 'Seen.' }]);
      const made = renderStatements(report, run, definition.isTest);
      expect(made).toHaveLength(definition.isTest ? 2 : 1);
      for (const one of made) {
        expect(errorsOf(statement, one)).toEqual([]);
        expect(errorsOf(predicates[one.predicateType]!, one.predicate)).toEqual([]);
      }
    },
  );
});
