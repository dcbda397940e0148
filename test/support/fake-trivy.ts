import type { ExecOptions, ExecResult, Program } from '../../src/effects/effects.ts';
import type { ScannerWorld } from '../../src/vulnerabilities/trivy.ts';
import { memoryFiles } from './memory-files.ts';

/** How one call of the fake ends; without more it ends well and writes a report of a folder without packages. */
export interface Ending extends Partial<ExecResult> {
  readonly report?: string;
  readonly writesNothing?: true;
  readonly cannotStart?: string;
}

export interface FakeTrivy {
  readonly world: ScannerWorld;
  readonly files: ReturnType<typeof memoryFiles>;
  readonly calls: { readonly args: readonly string[]; readonly options: ExecOptions }[];
  /** Milliseconds of each wait. */
  readonly waits: number[];
  readonly warnings: string[];
  /** Docker's configuration as the last call saw it. */
  readonly docker: { config?: string | undefined; mode?: number | undefined };
}

export const fakeProgram: Program = {
  name: 'trivy',
  version: '0.74.0',
  path: '/bin/trivy',
  sha256: 'ab',
  origin: 'release',
};
export const fakeNow = new Date('2026-11-21T12:00:00Z');
/** The database in `/cache`, and what a download brings: six hours old. */
export const fakeMetadata = '{"Version":2,"UpdatedAt":"2026-11-21T06:00:00Z"}';
export const fakeReport = {
  ...{ SchemaVersion: 2, Trivy: { Version: '0.74.0' }, ArtifactName: '/w/root', ArtifactType: 'filesystem' },
};

/** A world in which Trivy ends as told, call by call. */
export function fakeTrivy(...endings: Ending[]): FakeTrivy {
  const memory = memoryFiles({ '/cache/db/trivy.db': '', '/cache/db/metadata.json': fakeMetadata });
  const modes = new Map<string, number | undefined>();
  const files: FakeTrivy['files'] = {
    ...memory,
    write: (path, content, mode) => {
      modes.set(path, mode);
      return memory.write(path, content);
    },
  };
  const fake: Omit<FakeTrivy, 'world'> = { files, calls: [], waits: [], warnings: [], docker: {} };
  const world: ScannerWorld = {
    files,
    temp: '/temp',
    environment: { PATH: '/usr/bin', HOME: '/home/runner' },
    signal: new AbortController().signal,
    clock: {
      now: () => fakeNow,
      sleep: (milliseconds) => {
        fake.waits.push(milliseconds);
        return Promise.resolve();
      },
    },
    log: {
      info: () => undefined,
      warning: (message) => fake.warnings.push(message),
      group: (_, work) => work(),
    },
    exec: async (_, args, options = {}) => {
      const { report, writesNothing, cannotStart, ...result } = endings[fake.calls.length] ?? {};
      fake.calls.push({ args, options });
      if (cannotStart !== undefined) throw new Error(cannotStart);
      const config = `${options.env?.DOCKER_CONFIG ?? ''}/config.json`;
      fake.docker.config = files.content[config];
      fake.docker.mode = modes.get(config);
      const ended = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false, ...result };
      if (args.includes('--download-db-only') && ended.code === 0) {
        await files.write('/temp/trivy-cache/db/trivy.db', '');
        await files.write('/temp/trivy-cache/db/metadata.json', fakeMetadata);
      } else if (!writesNothing) {
        await files.write('/temp/trivy-report.json', report ?? JSON.stringify(fakeReport));
      }
      return ended;
    },
  };
  return { ...fake, world };
}
