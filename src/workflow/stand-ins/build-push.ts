import { join, resolve } from 'node:path';
import { isInside } from '../../effects/inside.ts';
import type { StandIn, StandInStep } from '../stand-in.ts';
import { insideWorkspace, lines } from './paths.ts';

/** Builds an image and pushes it, or writes it as an OCI image layout. */
export const buildPush: StandIn = {
  action: 'docker/build-push-action',
  instead: 'Builds with buildah on this machine.',
  inputs: {
    context: { required: true },
    file: {},
    'build-args': {},
    labels: {},
    tags: {},
    push: { default: 'false', allowed: ['true', 'false'] },
    outputs: {},
    provenance: {
      default: 'true',
      allowed: ['false'],
      reason: 'The builder of the local run writes no attestations of its own.',
    },
    sbom: { default: 'false', allowed: ['false'] },
  },
  outputs: ['digest', 'imageid', 'metadata'],
  run,
};

async function run(step: StandInStep): Promise<void> {
  const { inputs, workspace, builder } = step;
  if (builder === undefined) throw new Error('This run was started without a program that builds images.');
  const context = insideWorkspace(workspace, inputs.context ?? '');
  const tags = (inputs.tags ?? '').split(/[\n,]/).flatMap((tag) => tag.trim() || []);
  const push = inputs.push === 'true';
  if (push && tags.length === 0) throw new Error('To push, `tags` must name where to.');
  const { digest, imageId } = await builder.build({
    context,
    file: inputs.file ? insideWorkspace(workspace, inputs.file) : join(context, 'Dockerfile'),
    buildArguments: lines(inputs['build-args']),
    labels: lines(inputs.labels),
    tags,
    push,
    layout: layoutOf(inputs.outputs ?? '', step),
    environment: step.environment,
    temp: step.temp,
    signal: step.signal,
    log: (line) => step.log(line),
  });
  step.setOutput('digest', digest);
  step.setOutput('imageid', imageId);
  const metadata = {
    'containerimage.config.digest': imageId,
    'containerimage.digest': digest,
    'image.name': tags.join(','),
  };
  step.setOutput('metadata', JSON.stringify(metadata, undefined, 2));
}

/** The folder in `type=oci,dest=folder,tar=false`, the only output that is honoured. */
function layoutOf(output: string, { workspace, temp }: StandInStep): string | undefined {
  if (output.trim() === '') return undefined;
  const dest = /^type=oci,dest=(?<dest>[^,]+),tar=false$/.exec(output.trim())?.groups?.dest;
  if (dest === undefined)
    throw new Error(`The output \`${output}\` is not supported; use \`type=oci,dest=<folder>,tar=false\`.`);
  const folder = resolve(workspace, dest);
  return isInside(folder, temp) ? folder : insideWorkspace(workspace, dest);
}
