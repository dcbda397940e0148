import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Builder, BuildRequest, BuildResult } from '../stand-in.ts';
import { dockerConfig } from '../stand-ins/login.ts';
import { runProgram } from './run-program.ts';

/** How buildah is run on this machine. */
export interface BuildahOptions {
  readonly program: string;
  /** Where it keeps layers; shared by the builds of a platform. */
  readonly storage: string;
  /** Build arguments of the platform, such as a base image that is in reach; they come after those of the workflow. */
  readonly buildArguments?: readonly string[];
}

/** Builds without an engine: layers as plain folders, steps in a chroot. */
export function buildah({ program, storage, buildArguments = [] }: BuildahOptions): Builder {
  const common = ['--root', join(storage, 'root'), '--runroot', join(storage, 'run'), '--storage-driver', 'vfs'];
  return {
    build: async (request) => {
      const folder = await mkdtemp(join(request.temp, 'build-'));
      const run = (...args: string[]): Promise<void> => runProgram(program, [...common, ...args], request);
      const files = { image: join(folder, 'image'), digest: join(folder, 'digest') };
      try {
        await run('bud', ...buildArgs(request, buildArguments, files.image));
        const image = (await readFile(files.image, 'utf8')).trim();
        const targets = [
          ...(request.layout === undefined ? [] : [`oci:${request.layout}`]),
          ...(request.push ? request.tags.map((tag) => `docker://${tag}`) : []),
        ];
        // An image that goes nowhere has its digest all the same, once it is written somewhere.
        if (targets.length === 0) targets.push(`oci:${join(folder, 'unused')}`);
        for (const target of targets)
          await run('push', ...credentials(request), ...plainHttp(target), '--digestfile', files.digest, image, target);
        return result(image, await readFile(files.digest, 'utf8'));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function buildArgs(request: BuildRequest, extra: readonly string[], imageFile: string): string[] {
  const { buildArguments, labels, tags, file, context } = request;
  return [
    ...['--isolation', 'chroot', '--format', 'oci', '--layers=false', '--iidfile', imageFile, '--file', file],
    ...[...buildArguments, ...extra].flatMap((argument) => ['--build-arg', argument]),
    ...labels.flatMap((label) => ['--label', label]),
    ...tags.flatMap((tag) => ['--tag', tag]),
    ...credentials(request),
    // The base image may come from the same loopback registry; a registry elsewhere speaks TLS anyway.
    ...(extra.concat(buildArguments).some((argument) => isLoopback(argument.replace(/^[^=]*=/, '')))
      ? ['--tls-verify=false']
      : []),
    context,
  ];
}

function credentials({ environment }: BuildRequest): string[] {
  const file = dockerConfig(environment);
  return existsSync(file) ? ['--authfile', file] : [];
}

/** Plain http is for a registry on this machine only. */
function plainHttp(target: string): string[] {
  return target.startsWith('docker://') && isLoopback(target.slice('docker://'.length)) ? ['--tls-verify=false'] : [];
}

function isLoopback(image: string): boolean {
  return /^(?:127(?:\.\d+){3}|\[::1\]|(?:[\w-]+\.)*localhost)(?::\d+)?\//.test(image);
}

function result(image: string, digest: string): BuildResult {
  return { imageId: image.startsWith('sha256:') ? image : `sha256:${image}`, digest: digest.trim() };
}
