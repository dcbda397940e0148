import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decode, type Instruction } from '../../src/seccomp/bpf/instruction.ts';
import { program } from './programs.ts';

/** What a runtime did with a profile: the same kinds as the model's outcome, with the program that the kernel holds. */
export type Installed =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unconfined' }
  | { readonly kind: 'filter'; readonly program: readonly Instruction[] };

/** The versions that Debian 12 ships and the model knows. */
const expected = { runc: /^runc version 1\.1\.5[+\s][^]*libseccomp: 2\.5\.4/, crun: /^crun version 1\.8\.1\s/ };
export type RealRuntime = keyof typeof expected;

/** Arguments of each before `run`; crun needs a cgroup2 of its own, and neither reads the other's or an earlier run's state. */
const settings: Readonly<
  Record<RealRuntime, { readonly reader: readonly string[]; readonly runtime: readonly string[] }>
> = {
  runc: { reader: [], runtime: [] },
  crun: { reader: ['-private-cgroup2'], runtime: ['--cgroup-manager=disabled'] },
};

/** Makes runc and crun load profiles, and reads back from the kernel what they installed. */
export class RuntimeLab {
  readonly #folder: string;
  readonly #reader: string;

  private constructor(folder: string, reader: string) {
    this.#folder = folder;
    this.#reader = reader;
  }

  /** @throws Error when the runtime on this machine is no version that the model knows */
  static async open(): Promise<RuntimeLab> {
    for (const [name, pattern] of Object.entries(expected)) {
      const { stdout } = await promisify(execFile)(await program(name), ['--version']);
      if (!pattern.test(stdout)) throw new Error(`This test compares with ${pattern.source}, but here is: ${stdout}`);
    }
    const reader = await program('seccomp-filter-reader');
    const folder = await mkdtemp(join(tmpdir(), 'runtime-lab-'));
    return new RuntimeLab(folder, reader);
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true });
  }

  /** @param profile text that is put into the container's config.json as it is */
  async load(runtime: RealRuntime, profile: string): Promise<Installed> {
    const id = `lab-${randomUUID()}`;
    const bundle = join(this.#folder, id);
    for (const folder of ['proc', 'dev']) await mkdir(join(bundle, 'rootfs', folder), { recursive: true });
    try {
      // A program that needs nothing else. With `-help` it ends with 0, which tells that no filter kept it from running.
      await copyFile(this.#reader, join(bundle, 'rootfs/init'));
      await writeFile(join(bundle, 'config.json'), this.#config(profile));
      const { reader, runtime: own } = settings[runtime];
      const state = ['--root', join(bundle, 'state'), ...own];
      const { stdout, stderr } = await promisify(execFile)(
        this.#reader,
        [...reader, await program(runtime), ...state, 'run', '--bundle', bundle, id],
        { timeout: 60_000, killSignal: 'SIGKILL' },
      );
      const { status, filters } = JSON.parse(stdout) as {
        status: number;
        filters: { program: string; listener: boolean }[];
      };
      const [filter, ...others] = filters;
      if (others.length > 0) throw new Error(`${runtime} installed ${filters.length} filters.`);
      // runc installs a filter first, and refuses it when there is no `listenerPath` to hand the listener to; no profile here names one.
      if (runtime === 'runc' && filter?.listener === true)
        return { kind: 'refused', reason: 'There is no listenerPath.' };
      if (filter !== undefined) return { kind: 'filter', program: decode(Buffer.from(filter.program, 'base64')) };
      return status === 0 ? { kind: 'unconfined' } : { kind: 'refused', reason: stderr.trim() };
    } finally {
      await rm(bundle, { recursive: true });
    }
  }

  #config(profile: string): string {
    const config = {
      ociVersion: '1.0.2',
      process: { user: { uid: 0, gid: 0 }, args: ['/init', '-help'], cwd: '/', noNewPrivileges: true },
      root: { path: 'rootfs' },
      mounts: [{ destination: '/proc', type: 'proc', source: 'proc' }],
      linux: { namespaces: [{ type: 'pid' }, { type: 'mount' }], seccomp: 'PROFILE' },
    };
    return JSON.stringify(config).replace('"PROFILE"', () => profile);
  }
}
