/** What GitHub and its Marketplace ask of the files that users call. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { readChecked } from '../../src/workflow/checked-file.ts';

interface Metadata {
  readonly name: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

const actionFiles = ['action.yml', ...globSync('actions/*/action.yml').sort()];
const workflowFiles = globSync('{.github,examples/*/.github}/workflows/*.yml').sort();
const metadata = (file: string): Metadata => load(readFileSync(file, 'utf8')) as Metadata;

/** What GitHub's own parser finds wrong, with line and column. */
async function problems(file: string, kind: 'action' | 'workflow'): Promise<string[]> {
  const found: string[] = [];
  await readChecked(file, file, kind, ({ line, column }, message) => found.push(`${line}:${column}: ${message}`));
  return found;
}

describe.each(actionFiles)('%s', (file) => {
  // The parser knows the icons and colours of the Marketplace too.
  it("passes GitHub's own parser", async () => {
    expect(metadata(file).branding).toMatchObject({ icon: expect.anything(), color: expect.anything() });
    expect(await problems(file, 'action')).toEqual([]);
  });

  it('starts files of dist that are there, with Node 24', () => {
    const { using, main, post } = metadata(file).runs;
    expect(using).toBe('node24');
    for (const script of [main, ...(post === undefined ? [] : [post])]) {
      expect(join(dirname(file), script)).toMatch(/^dist\/[a-z-]+\.js$/);
      expect(existsSync(join(dirname(file), script))).toBe(true);
    }
  });

  it('has a description that the Marketplace shows whole', () => {
    expect(metadata(file).description.length).toBeLessThanOrEqual(125);
  });
});

it('no two actions share a name; the root action is promote', () => {
  const names = actionFiles.filter((file) => file !== 'action.yml').map((file) => metadata(file).name);
  expect(new Set(names).size).toBe(names.length);
  expect(metadata('action.yml').name).toBe(metadata('actions/promote/action.yml').name);
});

describe.each(workflowFiles)('%s', (file) => {
  it("passes GitHub's own parser", async () => {
    expect(await problems(file, 'workflow')).toEqual([]);
  });

  it('names every third-party action by commit, with its version beside it', () => {
    const uses = [...readFileSync(file, 'utf8').matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, value = '']) => value);
    const ours = /^\$\/(?:actions|\.github\/workflows)\/[\w.-]+$/;
    const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((value) => !ours.test(value) && !pinned.test(value))).toEqual([]);
  });
});
