import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { realClock } from '../../src/action/clock.ts';
import { realHttp } from '../../src/action/http.ts';
import { freePorts } from '../../src/local/process/ports.ts';
import { Repository } from '../../src/registry/client.ts';
import type { Credentials } from '../../src/registry/credentials.ts';
import { startRegistry } from './loopback-registry.ts';
import { program } from './programs.ts';

/** A real registry on a loopback port. */
export interface RunningRegistry {
  /** Host and port. */
  readonly address: string;
  /** A client of one of its repositories that may push. */
  repository(name: string, credentials?: Credentials): Repository;
  stop(): Promise<void>;
}

/** Our own registry program, which has the referrers API. */
export async function registryWithReferrers(): Promise<RunningRegistry> {
  const registry = await startRegistry();
  const stop = (): Promise<void> => {
    registry.stop();
    return Promise.resolve();
  };
  return { address: registry.address, repository: clients(registry.address), stop };
}

/**
 * Debian's docker-registry (2.8), which has no referrers API and does not look at If-Match.
 * @param users one line of htpasswd, when it should be closed to everybody else
 */
export async function registryWithoutReferrers(users?: string): Promise<RunningRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: address },
    ...(users !== undefined && { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } }),
  };
  writeFileSync(join(folder, 'htpasswd'), users ?? '');
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(await program('docker-registry'), ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://${address}/v2/`).catch(() => undefined);
    if (answer?.ok === true || answer?.status === 401) {
      return { address, repository: clients(address), stop };
    }
    if (child.exitCode !== null) break;
    await realClock.sleep(100);
  }
  await stop();
  throw new Error('docker-registry did not start');
}

/** Both kinds of registry, for `describe.each`. */
export const bothRegistries: readonly (readonly [string, () => Promise<RunningRegistry>])[] = [
  ['a registry with the referrers API', registryWithReferrers],
  ['a registry without it', () => registryWithoutReferrers()],
];

/** Starts a registry before the tests of a block and stops it afterwards. */
export function sharedRegistry(start: () => Promise<RunningRegistry>): () => RunningRegistry {
  let registry: RunningRegistry | undefined;
  beforeAll(async () => {
    registry = await start();
  });
  afterAll(() => registry?.stop());
  return () => {
    if (registry === undefined) throw new Error('the registry is not started');
    return registry;
  };
}

function clients(address: string): RunningRegistry['repository'] {
  return (name, credentials) =>
    new Repository(
      { http: realHttp, clock: realClock },
      { registry: address, repository: name, access: 'pull,push', credentials },
    );
}
