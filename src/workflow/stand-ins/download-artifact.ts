import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StandIn, StandInStep } from '../stand-in.ts';
import { checkArtifactName, insideWorkspace } from './paths.ts';

/** Brings files that another job of the run kept. */
export const downloadArtifact: StandIn = {
  action: 'actions/download-artifact',
  instead: 'Copies the files from the folder of the run that upload-artifact filled.',
  inputs: { name: {}, path: {} },
  outputs: ['download-path'],
  run,
};

async function run(step: StandInStep): Promise<void> {
  const { inputs, artifacts } = step;
  const name = inputs.name ?? '';
  const target = insideWorkspace(step.workspace, inputs.path ?? '');
  await mkdir(target, { recursive: true });
  if (name !== '') {
    checkArtifactName(name);
    const exists = await stat(join(artifacts, name)).catch(() => undefined);
    if (exists === undefined) throw new Error(`Artifact not found for name: ${name}`);
    await cp(join(artifacts, name), target, { recursive: true });
  } else {
    const entries = await readdir(artifacts).catch(() => []);
    const all = entries.filter((entry) => !entry.startsWith('.upload-'));
    if (all.length === 0) throw new Error('No artifacts were found in this run.');
    for (const one of all) await cp(join(artifacts, one), join(target, one), { recursive: true });
  }
  step.log(`Downloaded ${name === '' ? 'all artifacts' : `the artifact ${name}`} to ${target}`);
  step.setOutput('download-path', target);
}
