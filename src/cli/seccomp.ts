import { exitCodes } from '../action/host.ts';
import type { Context } from '../definition/context.ts';
import { document } from '../definition/document.ts';
import { path } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { TooLargeError } from '../effects/effects.ts';
import { safeLine } from '../report/log.ts';
import { defineCommand, type Group } from './group.ts';

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
    const [before, after] = [await readProfile(inputs.old, context), await readProfile(inputs.new, context)];
    const change = compareProfiles(before, after, environmentsOf(inputs.policy.value));
    changeLines(change).forEach((line) => terminal.out(safeLine(line)));
    if (change.calls.some(({ direction }) => direction === 'looser')) return exitCodes.fail;
    return change.refused.length + change.undecided.length > 0 ? exitCodes.inconclusive : exitCodes.pass;
  },
});

/** `slipway seccomp`. */
export const seccomp: Group = {
  name: 'seccomp',
  about: 'what a seccomp profile means, and how to get one',
  commands: { diff },
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
