import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findStored, store, type StoredProgram } from '../tools/store.ts';
import { mustSucceed, withProgress, type Workshop } from '../tools/workshop.ts';
import type { Builder } from '../workflow/stand-in.ts';
import { buildAndPush } from './build.ts';

/** What Node 24 needs of Debian, and no more: what is not there has no vulnerability. */
const packages = [
  ...['base-files', 'netbase', 'libc6', 'libstdc++6', 'libgcc-s1'],
  // Without both, mmdebstrap's run of the packages' own scripts does not end well.
  ...['ca-certificates', 'openssl'],
];
const suite = 'bookworm';
const seconds = 20;

const dockerfile = `FROM scratch
ADD root.tar /
COPY node /usr/local/bin/node
`;

/**
 * Builds the base image of the example from Debian packages and the Node that runs this, and pushes it: no registry of
 * base images need be in reach.
 * @param registry host and port
 * @param folder is made; the build's context lies in it
 * @param mmdebstrap path of the program
 * @returns the image by digest
 */
export async function pushBaseImage(
  registry: string,
  folder: string,
  mmdebstrap: string,
  builder: Builder,
  workshop: Workshop,
): Promise<string> {
  const context = join(folder, 'context');
  await mkdir(context, { recursive: true });
  const root = await debianRoot(mmdebstrap, workshop);
  await link(root, join(context, 'root.tar')).catch(() => copyFile(root, join(context, 'root.tar')));
  await copyFile(process.execPath, join(context, 'node'));
  await writeFile(join(context, 'Dockerfile'), dockerfile);
  const name = `${registry}/base/node`;
  const digest = await buildAndPush(builder, context, `${name}:24`, folder, workshop);
  return `${name}@${digest}`;
}

/** A root file system as a tar archive; made once, then kept in Slipway's store. */
async function debianRoot(mmdebstrap: string, workshop: Workshop): Promise<string> {
  const from = { suite, packages: packages.join(','), architecture: process.arch };
  const key = createHash('sha256').update(JSON.stringify(from)).digest('hex');
  const archive: StoredProgram = { name: 'root.tar', version: suite, origin: 'source', from, key };
  const make = async (path: string): Promise<void> => {
    const args = ['--variant=custom', '--mode=chrootless', `--include=${packages.join(',')}`, suite, path];
    const { exec, env, signal } = workshop;
    mustSucceed(
      'mmdebstrap',
      await exec(mmdebstrap, args, { env, signal }),
      'Check the network and the package sources.',
    );
  };
  const there = await findStored(archive);
  return (
    there ??
    withProgress('root file system of the base image: from Debian packages', seconds, workshop, () =>
      store(archive, make),
    )
  );
}
