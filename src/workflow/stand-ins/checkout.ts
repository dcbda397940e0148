import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { git, resolveRef } from '../git.ts';
import type { StandIn, StandInStep } from '../stand-in.ts';
import { insideWorkspace } from './paths.ts';
import { shortRef } from '../reference.ts';

/** The source tree of the event's commit, from the git repository on this machine. */
export const checkout: StandIn = {
  action: 'actions/checkout',
  instead: 'Fetches the commit from the git repository on this machine; the token is not used.',
  inputs: {
    ref: {},
    path: {},
    'fetch-depth': { default: '1' },
    'fetch-tags': { default: 'false', allowed: ['false'] },
    clean: { default: 'true', allowed: ['true'] },
    lfs: { default: 'false', allowed: ['false'] },
    submodules: { default: 'false', allowed: ['false'] },
    'persist-credentials': {
      default: 'true',
      allowed: ['false'],
      reason: 'A token that stays in the work tree is in reach of every later step; the local repository needs none.',
    },
  },
  outputs: ['ref', 'commit'],
  run,
};

async function run(step: StandInStep): Promise<void> {
  const { inputs, directory, environment } = step;
  const target = insideWorkspace(step.workspace, inputs.path ?? '');
  const depth = Number(inputs['fetch-depth']);
  if (!Number.isInteger(depth) || depth < 0)
    throw new Error('`fetch-depth` must be a whole number, 0 for all history.');
  const { ref, sha } = await wanted(step);
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(target)) await rm(join(target, entry), { recursive: true, force: true });
  const inTarget = (...args: string[]): Promise<string> => git(['-C', target, ...args], environment);
  await git(['init', '--quiet', target], environment);
  await inTarget('remote', 'add', 'origin', `${environment.GITHUB_SERVER_URL ?? ''}/${step.repository}`);
  const source = pathToFileURL(directory).href;
  if (depth > 0) await inTarget('fetch', '--quiet', '--no-tags', `--depth=${depth}`, source, sha);
  else {
    await inTarget('fetch', '--quiet', source, '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
    await inTarget('fetch', '--quiet', '--no-tags', source, sha);
  }
  const branch = /^refs\/heads\/(?<branch>.+)$/.exec(ref)?.groups?.branch;
  await inTarget('checkout', '--quiet', '--force', ...(branch === undefined ? ['--detach'] : ['-B', branch]), sha);
  step.log(`Checked out ${sha} (${ref}) of ${step.repository}`);
  step.setOutput('ref', ref);
  step.setOutput('commit', sha);
}

async function wanted({ inputs, ref, sha, repository, directory }: StandInStep): Promise<{ ref: string; sha: string }> {
  const given = inputs.ref ?? '';
  if (given === '' || given === ref || given === sha) return { ref, sha };
  const found = await resolveRef(directory, shortRef(given));
  if (found === undefined) throw new Error(`${repository} has no branch, tag or commit \`${given}\`.`);
  return found;
}
