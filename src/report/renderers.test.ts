import { describe, expect, it } from '@jest/globals';
import { annotationLimits, renderAnnotations } from './annotations.ts';
import { predicateTypes, renderStatements, type GateRun, type VerdictPredicate } from './evidence.ts';
import { renderLog } from './log.ts';
import { renderMarkdown, summaryMaxBytes } from './markdown.ts';
import { conclude, type Finding, type Report } from './report.ts';
import type { Outcome } from './rule.ts';
import { renderSarif, sarifLimits } from './sarif.ts';

const finding = (outcome: Outcome, message: string, line?: number): Finding => ({
  rule: {
    id: `test/${outcome}`,
    title: 'Title',
    why: 'Because.',
    fix: 'Do.',
    outcome,
    reference: 'https://example.test/rule',
  },
  message,
  ...(line !== undefined && { place: { file: 'dir/a b#c.json', line, column: 2 } }),
});
const reportOf = (findings: Finding[], subjects: Report['subjects'] = []): Report =>
  conclude({
    examined: { count: 1, what: 'thing' },
    findings,
    passed: 'Fine.',
    subjects,
    policy: { uri: 'policy.yaml', sha256: 'b'.repeat(64) },
    programs: [{ name: 'trivy', version: '1', sha256: 'c'.repeat(64), origin: 'release' }],
  });
const many = (outcome: Outcome, number: number): Finding[] =>
  Array.from({ length: number }, (_, i) => finding(outcome, `m${i}`, i + 1));

describe('the log', () => {
  it('names rule, place, message, why and fix, and ends with the verdict', () => {
    expect(renderLog(reportOf([finding('fail', 'Broken.', 7)]))).toEqual([
      '✗ test/fail at dir/a b#c.json:7:2: Broken.',
      '    why: Because.',
      '    fix: Do.',
      '✗ fail: Broken.',
    ]);
  });
});

describe('annotations', () => {
  it('are at most ten of a type; the last one counts the rest', () => {
    const annotations = renderAnnotations(reportOf([...many('fail', 15), ...many('warning', 10)]));
    const errors = annotations.filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(annotationLimits.perType);
    expect(errors.at(-1)?.title).toBe('6 more findings');
    expect(annotations.filter(({ type }) => type === 'warning')).toHaveLength(10);
  });

  it('put the worst first when fails and inconclusives share a type', () => {
    const annotations = renderAnnotations(reportOf([...many('inconclusive', 15), finding('fail', 'worst')]));
    expect(annotations[0]?.message).toContain('worst');
  });
});

describe('the job summary', () => {
  it('stays within its bytes, whole lines only, and says how much is left out', () => {
    const report = reportOf(many('fail', 200));
    const whole = renderMarkdown(report, 'T');
    for (const maxBytes of [800, 5_000, Buffer.byteLength(whole) - 1]) {
      const text = renderMarkdown(report, 'T', maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      expect(text).toMatch(/_\d+ lines? left out/);
      expect(whole.startsWith(text.slice(0, text.indexOf('\n\n_')))).toBe(true);
    }
    expect(renderMarkdown(report, 'T', Buffer.byteLength(whole))).toBe(whole);
  });

  it('keeps GitHub’s limit of 1 MiB with 25,000 findings', () => {
    expect(Buffer.byteLength(renderMarkdown(reportOf(many('fail', 25_000)), 'T'))).toBeLessThanOrEqual(summaryMaxBytes);
  });
});

describe('SARIF', () => {
  it('keeps at most what GitHub takes, worst first, and notes the rest', () => {
    const log = JSON.parse(
      renderSarif(
        reportOf([...many('warning', sarifLimits.results), finding('fail', 'worst', 1)]),
        'g',
        '1',
        'https://e.test',
      ),
    ) as {
      runs: [
        {
          results: { ruleId: string }[];
          invocations: [{ toolExecutionNotifications: { message: { text: string } }[] }];
        },
      ];
    };
    const [run] = log.runs;
    expect(run.results).toHaveLength(sarifLimits.results);
    expect(run.results[0]?.ruleId).toBe('test/fail');
    expect(run.invocations[0].toolExecutionNotifications[0]?.message.text).toContain('1 findings left out');
  });

  it('encodes paths and keeps the fingerprint when only the line moves', () => {
    const resultOf = (line: number) =>
      (
        JSON.parse(renderSarif(reportOf([finding('fail', 'x', line)]), 'g', '1', 'https://e.test')) as {
          runs: [
            {
              results: [
                {
                  locations: [{ physicalLocation: { artifactLocation: { uri: string } } }];
                  partialFingerprints: object;
                },
              ];
            },
          ];
        }
      ).runs[0].results[0];
    expect(resultOf(1).locations[0].physicalLocation.artifactLocation.uri).toBe('dir/a%20b%23c.json');
    expect(resultOf(1).partialFingerprints).toEqual(resultOf(99).partialFingerprints);
  });
});

describe('evidence', () => {
  const run: GateRun = {
    gate: 'trivy-gate',
    verifier: 'https://example.test/trivy-gate@1',
    mode: 'enforce',
    finishedOn: '2026-01-01T00:00:00Z',
    url: 'https://example.test/run',
  };
  const subjects = [{ name: 'image', digest: { sha256: 'a'.repeat(64) } }];
  const verdictOf = (report: Report, of: GateRun = run) =>
    renderStatements(report, of, false)[0]?.predicate as VerdictPredicate;

  it('asserts the gate’s property only when it passed and was enforced', () => {
    expect(verdictOf(reportOf([], subjects)).properties).toEqual(['SLIPWAY_TRIVY_GATE']);
    expect(verdictOf(reportOf([finding('fail', 'x')], subjects)).properties).toEqual([]);
    expect(verdictOf(reportOf([finding('inconclusive', 'x')], subjects)).properties).toEqual([]);
    expect(verdictOf(reportOf([], subjects), { ...run, mode: 'observe' }).properties).toEqual([]);
  });

  it('asserts what the gate adds beside it, under the same condition', () => {
    const properties = ['SLIPWAY_DEPLOYED_STAGING'];
    expect(verdictOf({ ...reportOf([], subjects), properties }).properties).toEqual([
      'SLIPWAY_TRIVY_GATE',
      'SLIPWAY_DEPLOYED_STAGING',
    ]);
    expect(verdictOf({ ...reportOf([finding('fail', 'x')], subjects), properties }).properties).toEqual([]);
    const observed = { ...run, mode: 'observe' } as const;
    expect(verdictOf({ ...reportOf([], subjects), properties }, observed).properties).toEqual([]);
  });

  it('says fail of a subject that one gets rid of, however well that went', () => {
    const [verdict, test] = renderStatements({ ...reportOf([], subjects), subjectsFail: true }, run, true);
    expect(verdict?.predicate).toMatchObject({ properties: [], slipway_details: { verdict: 'fail' } });
    expect(test?.predicate).toMatchObject({ result: 'FAILED', passedTests: [] });
  });

  it('names the stage that the gate was asked about', () => {
    expect(verdictOf(reportOf([], subjects), { ...run, stage: 'staging' }).slipway_details.stage).toBe('staging');
    expect(verdictOf(reportOf([], subjects)).slipway_details).not.toHaveProperty('stage');
  });

  it('names the rules of everything but notes: what was switched off is a warning', () => {
    const findings = [finding('note', 'x'), finding('warning', 'x'), finding('warning', 'y')];
    expect(verdictOf(reportOf(findings, subjects)).slipway_details.findings).toEqual(['test/warning']);
  });

  it('names the policy, the programs and the run', () => {
    const predicate = verdictOf(reportOf([], subjects));
    expect(predicate.verifier.policies).toEqual([{ uri: 'policy.yaml', digest: { sha256: 'b'.repeat(64) } }]);
    expect(predicate.slipway_details).toMatchObject({
      verdict: 'pass',
      mode: 'enforce',
      run: run.url,
      programs: [{ name: 'trivy' }],
    });
  });

  it('writes inconclusive as a failed test with its rule', () => {
    const [, test] = renderStatements(reportOf([finding('inconclusive', 'x')], subjects), run, true);
    expect(test).toMatchObject({
      predicateType: predicateTypes.testResult,
      predicate: { result: 'FAILED', failedTests: ['inconclusive:test/inconclusive'], passedTests: [] },
    });
  });

  it('writes a pass with warnings as WARNED', () => {
    const [, test] = renderStatements(reportOf([finding('warning', 'x')], subjects), run, true);
    expect(test?.predicate).toMatchObject({
      result: 'WARNED',
      warnedTests: ['test/warning'],
      passedTests: ['trivy-gate'],
    });
  });

  it('is not written without a subject', () => {
    expect(renderStatements(reportOf([]), run, true)).toEqual([]);
  });
});
