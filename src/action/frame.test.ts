import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import type { Context } from '../definition/context.ts';
import { defineAction } from '../definition/define.ts';
import { image, scanTarget, secret, stageName, text } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { ProgramError } from '../effects/effects.ts';
import { conclude, type Finding } from '../report/report.ts';
import type { Annotation } from '../report/annotations.ts';
import { runMain, runPost } from './frame.ts';
import type { Host } from './host.ts';

/** A host that remembers what it was told. */
function recorder(given: Record<string, string> = {}) {
  const seen = {
    lines: [] as string[],
    annotations: [] as Annotation[],
    summary: '',
    files: {} as Record<string, string>,
    outputs: {} as Record<string, string>,
    masked: [] as string[],
  };
  const host: Host = {
    given: (name) => given[name] ?? '',
    mask: (value) => seen.masked.push(value),
    scope: { root: '/w', temp: '/t', files: memoryFiles({}), packaged: (file) => file },
    context: () => ({ clock: { now: () => new Date('2026-01-01T00:00:00Z') }, run: undefined }) as unknown as Context,
    print: (lines) => seen.lines.push(...lines),
    annotate: (annotations) => seen.annotations.push(...annotations),
    summarize: (markdown) => {
      seen.summary += markdown;
      return Promise.resolve();
    },
    write: (name, content) => {
      seen.files[name] = content;
      return Promise.resolve(`/t/${name}`);
    },
    writeStatement: (name, content) => {
      seen.files[`evidence/${name}`] = content;
      return Promise.resolve();
    },
    evidenceFolder: '/t/evidence',
    setOutput: (name, value) => {
      seen.outputs[name] = value;
    },
  };
  return { host, seen };
}

const bad: Finding = {
  rule: { id: 'test/bad', title: 'Bad', why: 'w', fix: 'f', outcome: 'fail' },
  message: 'It is bad.',
};
const unclear: Finding = { rule: { ...bad.rule, id: 'test/unclear', outcome: 'inconclusive' }, message: 'Unclear.' };

function gate(work: (token: string) => Finding[] | Error) {
  return defineAction({
    name: 'test-gate',
    title: 'Test',
    description: 'd',
    icon: 'x',
    inputs: { token: secret({ optional: true, doc: 'd' }), name: text({ default: 'n', doc: 'd' }) },
    outputs: { found: 'd' },
    permissions: [],
    run: ({ inputs }) => {
      const result = work(inputs.token ?? '');
      if (result instanceof Error) return Promise.reject(result);
      return Promise.resolve(
        conclude({
          examined: { count: 1, what: 'x' },
          findings: result,
          passed: 'ok',
          subjects: [{ name: 's', digest: { sha256: 'a' } }],
          outputs: { found: result.length },
        }),
      );
    },
    post: () => Promise.reject(new Error('post broke')),
  });
}

describe('how an action ends', () => {
  it.each<[string, Finding[] | Error, Record<string, string>, number, string | undefined]>([
    ['pass', [], {}, 0, 'pass'],
    ['fail', [bad], {}, 1, 'fail'],
    ['inconclusive', [unclear], {}, 3, 'inconclusive'],
    ['wrong use', [], { name: 'a\nb' }, 2, undefined],
    ['wrong use found while it runs', new UsageError('Give a token.'), {}, 2, undefined],
    [
      'a program that cannot be had',
      new ProgramError('trivy cannot be fetched.', 'Check the network.'),
      {},
      3,
      'inconclusive',
    ],
    ['a bug of ours', new TypeError('x is not a function'), {}, 70, undefined],
    ['fail, observed', [bad], { mode: 'observe' }, 0, 'fail'],
    ['inconclusive, observed', [unclear], { mode: 'observe' }, 0, 'inconclusive'],
    ['a bug, observed', new TypeError('x'), { mode: 'observe' }, 0, undefined],
  ])('%s', async (_, result, given, code, verdict) => {
    const { host, seen } = recorder(given);
    expect(
      await runMain(
        gate(() => result),
        host,
      ),
    ).toBe(code);
    expect(seen.outputs.verdict).toBe(verdict);
  });

  it('tells a bug of ours from a mistake of the user', async () => {
    const bug = recorder();
    await runMain(
      gate(() => new TypeError('x is not a function')),
      bug.host,
    );
    expect(bug.seen.annotations).toMatchObject([
      { type: 'error', title: 'Slipway broke', message: expect.stringContaining('/issues') as unknown as string },
    ]);
    expect(bug.seen.lines.join('\n')).toContain('TypeError');
    const misuse = recorder({ name: 'a\nb', mode: 'both' });
    await runMain(
      gate(() => []),
      misuse.host,
    );
    expect(misuse.seen.annotations.map(({ title }) => title)).toEqual(['Wrong use', 'Wrong use']);
  });
});

it('a missing program is a finding that says what to do', async () => {
  const { host, seen } = recorder();
  await runMain(
    gate(() => new ProgramError('trivy cannot be fetched.', 'Check the network.')),
    host,
  );
  expect(seen.lines.join('\n')).toMatch(/gate\/no-program: trivy cannot be fetched\.[^]*fix: Check the network\./);
});

describe('a gate whose program is missing speaks of', () => {
  const missing = defineAction({
    name: 'test-gate',
    title: 'Test',
    description: 'd',
    icon: 'x',
    inputs: {
      image: image({ optional: true, doc: 'd' }),
      target: scanTarget({ optional: true, doc: 'd' }),
      stage: stageName({ optional: true, doc: 'd' }),
    },
    outputs: {},
    permissions: [],
    run: () => Promise.reject(new ProgramError('trivy cannot be fetched.', 'Check the network.')),
  });
  const name = 'ghcr.io/octo/game';
  const digest = 'a'.repeat(64);

  it.each<[string, Record<string, string>, object[]]>([
    ['its image', { image: `${name}@sha256:${digest}` }, [{ name, digest: { sha256: digest } }]],
    [
      'its target, when that is an image',
      { target: `${name}@sha256:${digest}` },
      [{ name, digest: { sha256: digest } }],
    ],
    ['the commit without an image', {}, [{ name: 'git+https://forge.test/octo/game', digest: { gitCommit: 'c' } }]],
  ])('%s', async (_, given, subject) => {
    const { host, seen } = recorder({ ...given, stage: 'staging' });
    const run = { sha: 'c', serverUrl: 'https://forge.test', repository: 'octo/game', url: 'run' };
    const context = { ...host.context(), run } as unknown as Context;
    await runMain(missing, { ...host, context: () => context });
    expect(JSON.parse(seen.files['evidence/test-gate-0.json'] ?? '{}')).toMatchObject({
      subject,
      predicate: {
        properties: [],
        slipway_details: { verdict: 'inconclusive', stage: 'staging', findings: ['gate/no-program'] },
      },
    });
  });
});

describe('what an action leaves', () => {
  it('a line, annotations, a summary, outputs, report, SARIF and evidence, all of one report', async () => {
    const { host, seen } = recorder();
    await runMain(
      gate(() => [bad]),
      host,
    );
    expect(seen.lines.at(-1)).toBe('✗ fail: It is bad.');
    expect(seen.annotations).toMatchObject([{ type: 'error' }]);
    expect(seen.summary).toContain('It is bad');
    expect(seen.outputs).toEqual({
      verdict: 'fail',
      report: '/t/report.json',
      sarif: '/t/results.sarif',
      evidence: '/t/evidence',
      found: '1',
    });
    expect(Object.keys(seen.files)).toEqual(['evidence/test-gate-0.json', 'report.json', 'results.sarif']);
  });

  it('no red annotation when it only observes', async () => {
    const { host, seen } = recorder({ mode: 'observe' });
    await runMain(
      gate(() => [bad]),
      host,
    );
    expect(seen.annotations).toMatchObject([{ type: 'warning' }]);
    expect(JSON.parse(seen.files['evidence/test-gate-0.json'] ?? '')).toMatchObject({
      predicate: { properties: [], slipway_details: { mode: 'observe' } },
    });
  });

  it('no secret, which is masked before anything runs', async () => {
    const token = 'gh-secret-value';
    const { host, seen } = recorder({ token });
    let maskedFirst = false;
    await runMain(
      gate((given) => {
        maskedFirst = seen.masked.includes(given);
        return [{ ...bad, message: `The token is ${given}.` }];
      }),
      host,
    );
    expect(maskedFirst).toBe(true);
    expect(JSON.stringify({ ...seen, masked: [] })).not.toContain(token);
  });
});

it('a clean-up that breaks warns and does not fail the job', async () => {
  const { host, seen } = recorder();
  expect(
    await runPost(
      gate(() => []),
      host,
    ),
  ).toBe(0);
  expect(seen.annotations).toMatchObject([{ type: 'warning', message: 'post broke' }]);
});
