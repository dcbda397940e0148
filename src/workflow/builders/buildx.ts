import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Builder, BuildRequest } from '../stand-in.ts';
import { runProgram } from './run-program.ts';

/** How `docker buildx` is run on this machine. */
export interface BuildxOptions {
  readonly program: string;
  /** Build arguments of the platform; they come after those of the workflow, so that they win. */
  readonly buildArguments?: readonly string[];
}

const metadataFile = z.object({
  'containerimage.digest': z.string(),
  'containerimage.config.digest': z.string().default(''),
});

/** Builds with the Docker engine of this machine. */
export function buildx({ program, buildArguments = [] }: BuildxOptions): Builder {
  return {
    build: async (request) => {
      const folder = await mkdtemp(join(request.temp, 'build-'));
      const metadata = join(folder, 'metadata.json');
      try {
        await runProgram(program, buildxArguments(request, buildArguments, metadata), request);
        const read = metadataFile.parse(JSON.parse(await readFile(metadata, 'utf8')));
        return { digest: read['containerimage.digest'], imageId: read['containerimage.config.digest'] };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function buildxArguments(request: BuildRequest, extra: readonly string[], metadata: string): string[] {
  const { buildArguments, labels, tags, file, context, layout, push } = request;
  return [
    ...['buildx', 'build', '--progress', 'plain', '--provenance=false', '--sbom=false', '--metadata-file', metadata],
    ...['--file', file],
    ...[...buildArguments, ...extra].flatMap((argument) => ['--build-arg', argument]),
    ...labels.flatMap((label) => ['--label', label]),
    ...tags.flatMap((tag) => ['--tag', tag]),
    ...(push ? ['--push'] : []),
    ...(layout === undefined ? [] : ['--output', `type=oci,dest=${layout},tar=false`]),
    context,
  ];
}
