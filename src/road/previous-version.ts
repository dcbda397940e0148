import { join } from 'node:path';
import { mustSucceed, type Workshop } from '../tools/workshop.ts';
import { release } from './arrival.ts';
import { buildAndPush } from './build.ts';
import type { Road } from './road.ts';

/** The stage that has users. */
export const production = 'production';

/**
 * Puts the example as it lies in its repository into production, past all gates: a canary needs something to stand
 * beside, and a rollback something to go back to. The report lists it as a stand-in for the release before.
 * @param helm path of the program
 * @returns the image by digest
 */
export async function installPreviousVersion(road: Road, helm: string, workshop: Workshop): Promise<string> {
  const { platform, repository } = road;
  const name = `${platform.registry}/${repository.name}`;
  const digest = await buildAndPush(road.builder, repository.directory, `${name}:previous`, road.folder, workshop);
  const args = [
    ...['upgrade', '--install', release, join(repository.directory, 'chart'), '--namespace', production],
    ...['--values', join(repository.directory, `slipway/${production}.yaml`)],
    ...['--set', `image.repository=${name},image.digest=${digest}`, '--wait', '--timeout', '60s'],
  ];
  const env = { ...workshop.env, KUBECONFIG: platform.cluster.adminKubeconfig };
  const result = await workshop.exec(helm, args, { env, signal: workshop.signal });
  mustSucceed(
    'helm upgrade of the version before',
    result,
    `The logs of the platform are in ${join(platform.folder, 'logs')}.`,
  );
  return `${name}@${digest}`;
}
