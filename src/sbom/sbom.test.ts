import { describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../test/support/memory-files.ts';
import type { Exec, ExecOptions, ExecResult, Program } from '../effects/effects.ts';
import { givenSbom, madeSbom } from './sbom.ts';
import { maxSbomBytes } from './spdx.ts';
import type { SyftRun } from './syft.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const image = `registry.example/app@${digest}`;
const sbom = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  packages: [{ SPDXID: 'image', versionInfo: digest }, { SPDXID: 'libc6' }],
  documentDescribes: ['image'],
});
const syft: Program = { name: 'syft', version: '1.54.1', path: '/opt/syft', sha256: 'f'.repeat(64), origin: 'release' };
const ended: ExecResult = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false, truncated: false };

interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: ExecOptions;
}

/** Runs Syft, which ends in some way and leaves some text. */
async function make(
  written: string | undefined,
  result: Partial<ExecResult> | Error = {},
  run: Partial<SyftRun> = {},
): Promise<{ found: unknown; calls: Call[] }> {
  const files = memoryFiles({});
  const calls: Call[] = [];
  const exec: Exec = async (program, args, options = {}) => {
    calls.push({ program, args, options });
    if (result instanceof Error) throw result;
    if (written !== undefined) await files.write('/temp/sbom.spdx.json', written);
    return { ...ended, ...result };
  };
  const found = await madeSbom(image, digest, syft, {
    exec,
    files,
    environment: { PATH: '/bin', DOCKER_CONFIG: '/run/docker' },
    folder: '/temp',
    registry: 'registry.example',
    plainHttp: false,
    signal: new AbortController().signal,
    ...run,
  });
  return { found, calls };
}

describe('an SBOM by Syft', () => {
  it('is checked and named with the program that made it', async () => {
    const { found, calls } = await make(sbom);
    expect(found).toMatchObject({ packages: 1, path: '/temp/sbom.spdx.json', programs: [syft] });
    expect(calls).toMatchObject([
      {
        program: '/opt/syft',
        args: ['scan', `registry:${image}`, '--output', 'spdx-json=/temp/sbom.spdx.json', '--quiet'],
        options: {
          cwd: '/temp',
          env: {
            PATH: '/bin',
            DOCKER_CONFIG: '/run/docker',
            SYFT_CHECK_FOR_APP_UPDATE: 'false',
            SYFT_FILE_METADATA_SELECTION: 'none',
            SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP: 'false',
          },
        },
      },
    ]);
    expect(Object.keys(calls[0]!.options.env ?? {})).toHaveLength(5);
  });

  it('is made with the login of the registry, which no argument shows', async () => {
    const { calls } = await make(sbom, {}, { plainHttp: true, login: { username: 'me', password: 's3cret' } });
    expect(calls[0]).toMatchObject({
      options: {
        env: {
          SYFT_REGISTRY_INSECURE_USE_HTTP: 'true',
          SYFT_REGISTRY_AUTH_AUTHORITY: 'registry.example',
          SYFT_REGISTRY_AUTH_USERNAME: 'me',
          SYFT_REGISTRY_AUTH_PASSWORD: 's3cret',
        },
      },
    });
    expect(calls[0]?.args.join(' ')).not.toContain('s3cret');
  });

  it.each<[string, string | undefined, Partial<ExecResult> | Error, string, RegExp]>([
    [
      'that cannot be started',
      undefined,
      new Error('spawn EACCES'),
      'program-failed',
      /cannot be started: spawn EACCES\./,
    ],
    [
      'that failed',
      undefined,
      { code: 1, stderr: 'trying\n\ncould not fetch image: no such host\n' },
      'program-failed',
      /exit code 1: could not fetch image: no such host$/,
    ],
    ['that failed although it wrote something', sbom, { code: 1 }, 'program-failed', /exit code 1/],
    ['that was killed', sbom, { code: null, signal: 'SIGKILL' }, 'program-failed', /was ended by SIGKILL/],
    ['that took too long', sbom, { code: null, timedOut: true }, 'program-failed', /was stopped after 10 minutes/],
    ['that wrote nothing', undefined, {}, 'program-failed', /without an SBOM/],
    ['that wrote half of it', sbom.slice(0, 50), {}, 'program-failed', /not one complete JSON object/],
    ['that wrote too much', ' '.repeat(maxSbomBytes + 1), {}, 'too-large', /larger than 16777216 bytes/],
    [
      'that looked at another image',
      sbom.replaceAll('a'.repeat(64), 'b'.repeat(64)),
      {},
      'subject-mismatch',
      /is of sha256:b/,
    ],
    ['that recognised nothing', sbom.replace(',{"SPDXID":"libc6"}', ''), {}, 'empty', /no package/],
  ])('%s is not signed', async (_, written, result, rule, message) => {
    expect((await make(written, result)).found).toMatchObject({
      rule: { id: `sbom/${rule}` },
      message: expect.stringMatching(message),
    });
  });

  it('is not waited for when the step is cancelled', async () => {
    const reason = new Error('cancelled');
    await expect(make(sbom, { code: null }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('an SBOM that the user gives', () => {
  const give = (content: string | undefined): Promise<unknown> =>
    givenSbom(
      '/work/out/sbom.json',
      digest,
      memoryFiles(content === undefined ? {} : { '/work/out/sbom.json': content }),
      '/work',
    );

  it('is checked in the same way', async () => {
    expect(await give(sbom)).toMatchObject({ packages: 1, path: '/work/out/sbom.json', programs: [] });
  });

  it.each<[string, string | undefined, string]>([
    ['is missing', undefined, 'unreadable'],
    ['is cut off', sbom.slice(0, 50), 'unreadable'],
    ['is too large', ' '.repeat(maxSbomBytes + 1), 'too-large'],
    ['is of another image', sbom.replaceAll('a'.repeat(64), 'b'.repeat(64)), 'subject-mismatch'],
  ])('is refused when it %s', async (_, content, rule) => {
    expect(await give(content)).toMatchObject({ rule: { id: `sbom/${rule}` }, place: { file: 'out/sbom.json' } });
  });

  it('that the machine cannot read is no finding about it', async () => {
    const files = { ...memoryFiles({ '/work/sbom.json': sbom }), readBytes: () => Promise.reject(new Error('EIO')) };
    await expect(givenSbom('/work/sbom.json', digest, files, '/work')).rejects.toThrow('EIO');
  });
});
