import { describe, expect, it } from '@jest/globals';
import type { Conclusion, JobResult, RunResult } from '../workflow/result.ts';
import type { Serving } from './arrival.ts';
import type { GateReport } from './gates.ts';
import { journeyText } from './journey-text.ts';
import type { Journey } from './journey.ts';
import { judge } from './judgement.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const image = `127.0.0.1:5000/gameforge/gameforge:sha-1@${digest}`;

const job = (id: string, conclusion: Conclusion, error?: string): JobResult => ({
  id,
  name: id,
  conclusion,
  startedOn: '2026-01-01T00:00:00Z',
  finishedOn: '2026-01-01T00:00:02Z',
  outputs: {},
  environment: undefined,
  standIns: [],
  steps: [
    {
      name: 'work',
      phase: 'main',
      outcome: conclusion,
      conclusion,
      lines: [],
      annotations: error === undefined ? [] : [{ type: 'error', message: error }],
      summary: '',
      outputs: {},
      seconds: 1,
    },
  ],
});
const run = (conclusion: RunResult['conclusion'], jobs: readonly JobResult[]): RunResult => ({
  conclusion,
  problems: [],
  jobs,
  standIns: [],
  annotations: [],
  sources: [],
});
const serving = (changes: Partial<Serving> = {}): Serving => ({
  declared: digest,
  running: [digest, digest],
  weights: { 'gameforge-stable': 100 },
  ...changes,
});
const gate = (changes: Partial<GateReport['report']> = {}): GateReport => ({
  job: 'release/staging/deploy',
  report: {
    version: 1,
    gate: 'load-test',
    verdict: 'pass',
    headline: 'fast',
    findings: [],
    measurements: [{ name: 'p95 latency', value: 5, unit: 'ms', limit: { atMost: 100 } }],
    sections: [],
    subjects: [],
    programs: [],
    outputs: {},
    ...changes,
  },
});
const journey = (changes: Partial<Journey> = {}): Journey => ({
  runs: [{ event: 'push', result: run('success', [job('release/build', 'success')]) }],
  logFolder: '/logs',
  gates: [gate()],
  seconds: 83.4,
  requests: { good: 4000, bad: 0 },
  image,
  stages: { staging: serving(), production: serving() },
  evidence: [{ predicateType: 'p', signer: 's', signedAt: 't', referrer: 'r' }],
  evidenceFolder: '/evidence',
  ...changes,
});

describe('a journey', () => {
  it('has passed when every stage serves the signed digest and nothing else', () => {
    const { passed, sentence, figures } = judge(journey());
    expect(passed).toBe(true);
    expect(sentence).toBe('sha256:aaaaaaaaaaaa went from pull request to production in 83 s');
    expect(figures.every(({ met }) => met)).toBe(true);
    expect(figures[0]).toEqual({
      name: 'load-test in release/staging/deploy: p95 latency',
      value: '5 ms',
      limit: 'at most 100 ms',
      met: true,
    });
  });

  it.each<[string, Partial<Serving>]>([
    ['names another digest', { declared: other }],
    ['has no Deployment', { declared: undefined }],
    ['runs another digest', { running: [digest, other] }],
    ['runs nothing', { running: [] }],
    ['gives a candidate traffic', { weights: { 'gameforge-stable': 90, 'gameforge-canary': 10 } }],
    ['gives nobody traffic', { weights: { 'gameforge-stable': 0 } }],
    ['has no route', { weights: {} }],
  ])('has not passed when a stage %s', (_, changes) => {
    const { passed, sentence } = judge(journey({ stages: { staging: serving(), production: serving(changes) } }));
    expect(passed).toBe(false);
    expect(sentence).toBe('the image that was signed is not all that production serves');
  });

  it('has not passed without an image', () => {
    expect(judge(journey({ image: undefined })).passed).toBe(false);
  });

  it('names the jobs that failed and not those that sum up', () => {
    const jobs = [job('check/image', 'failure', 'lodash is vulnerable'), job('check/result', 'failure')];
    const stopped = journey({ runs: [{ event: 'pull_request', result: run('failure', jobs) }], image: undefined });
    expect(judge(stopped)).toMatchObject({ passed: false, sentence: 'stopped at check/image' });
    expect(judge(stopped).figures.map(({ name }) => name)).toEqual([
      'load-test in release/staging/deploy: p95 latency',
      'requests of users answered badly, of 4000',
    ]);
  });

  it('says why nothing ran', () => {
    const problems = [{ file: 'a.yml', line: 3, column: 1, message: 'No.' }];
    const refused = { ...run('startup_failure', []), problems };
    expect(judge(journey({ runs: [{ event: 'push', result: refused }] })).sentence).toBe('stopped at a.yml:3: No.');
  });

  it.each([
    ['too many requests of users were bad', { requests: { good: 998, bad: 2 } }],
    ['no request of users was answered', { requests: { good: 0, bad: 0 } }],
    ['it took too long', { seconds: 181 }],
    ['nothing was signed', { evidence: [] }],
    [
      'a measurement missed its limit',
      { gates: [gate({ measurements: [{ name: 'n', value: 1, unit: 'x', limit: { atLeast: 2 } }] })] },
    ],
  ])('shows a goal that was not met: %s', (_, changes) => {
    expect(judge(journey(changes)).figures.filter(({ met }) => !met)).toHaveLength(1);
  });
});

describe('the text at the end', () => {
  it('says below what failed why, and what to do', () => {
    const finding = {
      rule: 'load/slow',
      outcome: 'fail',
      message: 'It is slow.',
      why: 'w',
      fix: 'Make it fast.',
    } as const;
    const failed = journey({
      runs: [{ event: 'push', result: run('failure', [job('release/staging/deploy', 'failure', 'p95 is 500 ms')]) }],
      gates: [gate({ verdict: 'fail', headline: 'slow', findings: [finding] })],
    });
    const text = journeyText(
      failed,
      judge(failed),
      [{ part: 'runner', onGitHub: 'a machine', here: 'this one' }],
      'file:///p',
    );
    for (const line of [
      '      work: p95 is 500 ms',
      '  ✗ load-test in release/staging/deploy: slow',
      '      load/slow: It is slow.',
      '      Fix: Make it fast.',
      '  runner: this one',
      'Report:   file:///p',
      '✗ stopped at release/staging/deploy',
    ])
      expect(text.split('\n')).toContain(line);
  });
});
