/** What the documents promise: their links lead somewhere, and the examples of the actions work as they are copied. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dump, load } from 'js-yaml';
import { catalog } from '../../src/action/catalog.ts';
import { readChecked } from '../../src/workflow/checked-file.ts';

const pages = globSync('{*,docs/**/*,actions/*/*,policies/**/*}.md').sort();
const definitions = await Promise.all(Object.values(catalog).map((load) => load()));

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Example {
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

/** Headings as GitHub makes anchors of them. */
function anchorsOf(page: string): string[] {
  const headings = [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it.each(pages)('every link of %s into this repository leads somewhere', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

/** The first example of a page that calls an action: a whole workflow, or jobs. */
function exampleOf(page: string): Example {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  const example = load(blocks.find((text) => text.includes('uses:')) ?? '{}') as object;
  return { on: 'push', ...('jobs' in example ? (example as Example) : { jobs: example as Record<string, Job> }) };
}

const examples = [
  ...definitions.map((definition) => ({ page: `actions/${definition.name}/README.md`, ...definition })),
  ...definitions
    .filter(({ name }) => name === 'helm-release')
    .map((definition) => ({ page: 'docs/how-to/promote.md', ...definition })),
];

describe.each(examples)('the example of $name in $page', ({ page, name, inputs, permissions }) => {
  const { on, jobs } = exampleOf(page);
  const [, job] = Object.entries(jobs).find(([, { steps = [] }]) => steps.some(isOurs)) ?? [];
  function isOurs({ uses = '' }: Step): boolean {
    return (
      uses.startsWith(`slipway-ci/slipway/actions/${name}@`) ||
      (name === 'promote' && uses.startsWith('slipway-ci/slipway@'))
    );
  }

  it('gives inputs that there are, and every one that is required', () => {
    const given = Object.keys(job?.steps?.find(isOurs)?.with ?? {});
    expect(given.filter((input) => !(input in inputs))).toEqual([]);
    const required = Object.keys(inputs).filter((input) => inputs[input]?.required);
    expect(required.filter((input) => !given.includes(input))).toEqual([]);
  });

  it('gives the job the permissions that the action asks for', () => {
    for (const { scope, access } of permissions) {
      expect(access === 'read' ? ['read', 'write'] : ['write']).toContain(job?.permissions?.[scope]);
    }
  });

  it('pins third-party actions by commit', () => {
    const foreign = Object.values(jobs)
      .flatMap(({ steps = [] }) => steps.map(({ uses = '' }) => uses))
      .filter((uses) => uses !== '' && !uses.startsWith('slipway-ci/slipway'));
    expect(foreign.filter((uses) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  it("passes GitHub's own parser", async () => {
    const needed = Object.values(jobs).flatMap(({ needs = [] }) => needs);
    const missing = needed
      .filter((id) => !(id in jobs))
      .map((id) => [id, { 'runs-on': 'ubuntu-24.04', steps: [{ run: 'true' }] }]);
    const complete = Object.entries(jobs).map(([id, one]) => [id, { 'runs-on': 'ubuntu-24.04', ...one }]);
    const folder = mkdtempSync(join(tmpdir(), 'slipway-example-'));
    const file = join(folder, 'example.yml');
    writeFileSync(file, dump({ on, jobs: Object.fromEntries([...missing, ...complete]) as object }));
    const problems: string[] = [];
    await readChecked(file, 'example.yml', 'workflow', (_, message) => problems.push(message));
    rmSync(folder, { recursive: true });
    expect(problems).toEqual([]);
  });
});
