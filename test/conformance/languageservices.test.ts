import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { data } from '@actions/expressions';
import { kindStr } from '@actions/expressions/data/expressiondata';
import { afterAll, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { plain } from '../../src/documents/node.ts';
import { parseYaml } from '../../src/documents/yaml.ts';
import { evaluate, parseExpression } from '../../src/workflow/expression.ts';
import type { Level } from '../../src/workflow/permissions.ts';
import type { JobPlan } from '../../src/workflow/plan.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { planTree, problemsOf, type PlanOptions } from '../support/workflow-plan.ts';
import { removeFolders, type Tree } from '../support/workflow-run.ts';

/**
 * The cases by which GitHub checks its own parsers in three languages. The official TypeScript parser passes over most of
 * those about called workflows (its skipped-tests.txt); the engine must not.
 */
const folder = join(import.meta.dirname, 'data/languageservices');
const { files } = JSON.parse(readFileSync(join(folder, 'selection.json'), 'utf8')) as { files: string[] };
const names = files.map((file) => basename(file));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

afterAll(removeFolders);

it('the folder holds what the selection names', () => {
  expect(readdirSync(folder).sort()).toEqual([...names, 'selection.json'].sort());
});

interface Expected {
  readonly errors?: { readonly Message: string }[];
  readonly jobs?: ExpectedJob[];
}
interface ExpectedJob {
  readonly id: string;
  readonly if: { readonly expr: string };
  readonly permissions?: Record<string, string>;
  readonly jobs?: ExpectedJob[];
  readonly steps?: { readonly if: { readonly expr: string } }[];
}

/** A case: options, the workflow, what it calls by name and content, and what is expected, parted by `---`. */
function readCase(name: string): { workflow: string; tree: Tree; options: PlanOptions; expected: Expected } {
  const [header = '', workflow = '', ...rest] = read(name).split(/^---\r?\n/m);
  const expected = JSON.parse(rest.pop() ?? '') as Expected;
  const others: Record<string, Record<string, string>> = {};
  for (let index = 0; index < rest.length; index += 2) {
    const [, repository = '', path = ''] = /^([^/]+\/[^/]+)\/(.+)@v1\s*$/.exec(rest[index] ?? '') ?? [];
    others[repository] = { ...others[repository], [path]: rest[index + 1] ?? '' };
  }
  const policy = (load(header) as Record<string, unknown>)['permissions-policy'];
  const areas = ['actions', 'checks', 'contents', 'deployments', 'id-token', 'packages', 'security-events'];
  const all = new Map(areas.map((area): [string, Level] => [area, 'write']));
  const path = `.github/workflows/${name}`;
  const options = { path, others, ...(policy === 'LimitedRead' ? {} : { defaultPermissions: all }) };
  return { workflow, tree: { [path]: workflow }, options, expected };
}

const cases = names.filter((name) => name.endsWith('.yml'));
/** Cases about conditions use what the engine refuses elsewhere; they are read, not planned. */
const conditions = ['job-if.yml', 'step-if.yml'];

describe('a wrong workflow', () => {
  it.each(cases.filter((name) => name.startsWith('errors-')))('%s', async (name) => {
    const { tree, options, expected } = readCase(name);
    const problems = await problemsOf(tree, options);
    const wanted = (expected.errors ?? []).map(({ Message: message }) => {
      const [, file, line, column, text = ''] = /^(\S+) \(Line: (\d+), Col: (\d+)\): (.*)$/s.exec(message) ?? [];
      return `${file ?? ''}:${line ?? ''}:${column ?? ''}: ${text}`;
    });
    expect(problems.map((problem, index) => problem.slice(0, wanted[index]?.length))).toEqual(wanted);
  });
});

describe('a right workflow', () => {
  it.each(cases.filter((name) => !name.startsWith('errors-') && !conditions.includes(name)))('%s', async (name) => {
    const { tree, options, expected } = readCase(name);
    const { jobs } = await planTree(tree, options);
    const compare = (plans: readonly JobPlan[], wanted: readonly ExpectedJob[] = []): void => {
      expect(plans.map(({ job }) => [job.id, job.if.source])).toEqual(wanted.map(({ id, if: { expr } }) => [id, expr]));
      for (const [index, plan] of plans.entries()) {
        const job = wanted[index];
        if (plan.kind === 'call') compare(plan.callee.jobs, job?.jobs);
        else if (job?.permissions !== undefined) expect(Object.fromEntries(plan.permissions)).toEqual(job.permissions);
      }
    };
    compare(jobs, expected.jobs);
  });
});

describe('conditions', () => {
  it.each(conditions)('%s', (name) => {
    const { workflow, expected } = readCase(name);
    const problems: string[] = [];
    const { jobs } = readWorkflow(parseYaml(workflow), (_, message) => problems.push(message));
    const found = jobs.map((job) => ({
      id: job.id,
      if: job.if.source,
      steps: job.kind === 'steps' ? job.steps.map((step) => step.if.source) : [],
    }));
    const wanted = (expected.jobs ?? []).map((job) => ({
      id: job.id,
      // The one that the engine refuses, as it says.
      if: job.if.expr === "success('build', 'build2')" ? 'success()' : job.if.expr,
      steps: job.steps?.map((step) => step.if.expr),
    }));
    expect(found).toEqual(wanted);
    expect(problems).toEqual(name === 'job-if.yml' ? [expect.stringContaining('Too many parameters')] : []);
  });
});

interface ExpressionCase {
  readonly expr: string;
  readonly contexts?: unknown;
  readonly result?: { readonly kind: string; readonly value: unknown };
  readonly err?: unknown;
  readonly options?: { readonly skip?: string[] };
}

describe('expressions', () => {
  const scope = { contexts: {}, status: { success: true, failure: false, cancelled: false } };
  const tables = names
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => Object.values(plain(parseYaml(read(name))) as Record<string, ExpressionCase[]>).flat())
    .filter(({ contexts, options }) => contexts === undefined && !options?.skip?.includes('typescript'));

  it.each(tables.map((one) => [one.expr, one] as const))('%s', (source, { result, err }) => {
    const value = () => evaluate(parseExpression(source), scope);
    if (err !== undefined) {
      expect(value).toThrow();
      return;
    }
    const found = value();
    expect([kindStr(found.kind), JSON.stringify(found, data.replacer)]).toEqual([
      result?.kind,
      JSON.stringify(result?.value),
    ]);
  });
});
