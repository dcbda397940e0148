import { relative } from 'node:path';
import { exitCodes } from '../action/host.ts';
import type { Context } from '../definition/context.ts';
import { document } from '../definition/document.ts';
import { path } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { TooLargeError } from '../effects/effects.ts';
import { safeLine } from '../report/log.ts';
import { defineCommand, type Group } from './group.ts';
import { record } from './seccomp-record.ts';

const policy = document(async () => (await import('../seccomp/policy.ts')).seccompPolicySchema)({
  default: 'built-in:policies/seccomp.yaml',
  doc: 'Engines, machines and kernel that the profile is judged for (`schemas/seccomp.json`).',
});

const diff = defineCommand({
  doc: 'which system calls a change makes possible or impossible; exit code 1 when any becomes possible',
  operands: ['old', 'new'],
  inputs: { old: path({ doc: 'The profile before.' }), new: path({ doc: 'The profile after.' }), policy },
  run: async ({ inputs, context, terminal }) => {
    const { compareProfiles } = await import('../seccomp/change/change.ts');
    const { changeLines } = await import('../seccomp/change/change-text.ts');
    const { environmentsOf } = await import('../seccomp/environments.ts');
    const capabilities = new Set<string>();
    const before = { text: await readProfile(inputs.old, context), capabilities };
    const after = { text: await readProfile(inputs.new, context), capabilities };
    const change = compareProfiles(before, after, environmentsOf(inputs.policy.value));
    changeLines(change).forEach((line) => terminal.out(safeLine(line)));
    if (change.calls.some(({ direction }) => direction === 'looser')) return exitCodes.fail;
    return change.refused.length + change.undecided.length > 0 ? exitCodes.inconclusive : exitCodes.pass;
  },
});

const explain = defineCommand({
  doc: 'what a profile means: which calls are possible where, what is wrong with it, which programs can start',
  operands: ['profile'],
  inputs: { profile: path({ doc: 'The profile.' }), policy },
  run: async ({ inputs, context, terminal }) => {
    const { explainProfile } = await import('../seccomp/explain.ts');
    const text = await readProfile(inputs.profile, context);
    const dockerDefault = await readDockerDefault(context);
    const file = relative(context.root, inputs.profile);
    const lines = explainProfile(text, file, inputs.policy.value, { dockerDefault });
    lines.forEach((line) => terminal.out(safeLine(line)));
    return exitCodes.pass;
  },
});

/** `slipway seccomp`. */
export const seccomp: Group = {
  name: 'seccomp',
  about: 'what a seccomp profile means, and how to get one',
  commands: { diff, explain, record },
  more: 'docs/how-to/seccomp-profiles.md',
};

async function readProfile(file: string, { files }: Context): Promise<string> {
  const { maxProfileBytes } = await import('../seccomp/profile.ts');
  try {
    return await files.readText(file, maxProfileBytes);
  } catch (error) {
    const reason =
      error instanceof TooLargeError ? error.message : `${file} cannot be read: ${(error as Error).message}`;
    throw new UsageError(`${reason}.`);
  }
}

function readDockerDefault({ files, packaged }: Context): Promise<string> {
  return files.readText(packaged('policies/seccomp/docker-default.json'), 1024 * 1024);
}
