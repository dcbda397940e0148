import { join } from 'node:path';
import { TooLargeError, type Exec, type Files, type Program } from '../effects/effects.ts';
import type { Finding } from '../report/report.ts';
import { sbomRules } from './rules.ts';
import { maxSbomBytes } from './spdx.ts';

/** What Syft needs: where to run, and how to reach the registry. */
export interface SyftRun {
  readonly exec: Exec;
  readonly files: Files;
  /** Variables that it may see: proxies, DOCKER_CONFIG. */
  readonly environment: Readonly<Record<string, string>>;
  /** An empty folder: in a checkout Syft would read its settings from `.syft.yaml`. */
  readonly folder: string;
  readonly registry: string;
  /** Whether the registry speaks plain http (loopback only). */
  readonly plainHttp: boolean;
  readonly login?: { readonly username: string; readonly password: string } | undefined;
  readonly signal: AbortSignal;
}

const timeout = 600_000;
const maxMessage = 300;

/**
 * Has Syft write an SPDX 2.3 document of an image in a registry. Packages are listed, the files that belong to them are
 * not: they make nine tenths of the document, and the public log refuses entries of a few megabytes.
 * @param image reference by digest
 * @returns the document's path and bytes, not yet checked
 */
export async function runSyft(
  image: string,
  program: Program,
  run: SyftRun,
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | Finding> {
  const path = join(run.folder, 'sbom.spdx.json');
  await run.files.makeFolder(run.folder);
  const result = await run
    .exec(program.path, ['scan', `registry:${image}`, '--output', `spdx-json=${path}`, '--quiet'], {
      cwd: run.folder,
      env: { ...run.environment, ...settings(run) },
      timeout,
      signal: run.signal,
    })
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  run.signal.throwIfAborted();
  if (result instanceof Error) return failed(`Syft cannot be started: ${result.message}.`);
  if (result.timedOut) return failed(`Syft was stopped after ${timeout / 60_000} minutes.`);
  if (result.code !== 0) {
    const how =
      result.code === null ? `was ended by ${result.signal ?? 'a signal'}` : `failed with exit code ${result.code}`;
    return failed(`Syft ${how}: ${lastLine(result.stderr)}`);
  }
  try {
    return { path, bytes: await run.files.readBytes(path, maxSbomBytes) };
  } catch (error) {
    if (error instanceof TooLargeError) {
      return {
        rule: sbomRules.tooLarge,
        message: `The SBOM is larger than ${maxSbomBytes} bytes.`,
        place: { file: path },
      };
    }
    return failed('Syft ended without an error and without an SBOM.');
  }
}

/** Syft's settings as environment variables (`syft config` lists them). */
function settings({ registry, plainHttp, login }: SyftRun): Record<string, string> {
  return {
    SYFT_CHECK_FOR_APP_UPDATE: 'false',
    SYFT_FILE_METADATA_SELECTION: 'none',
    SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP: 'false',
    ...(plainHttp && { SYFT_REGISTRY_INSECURE_USE_HTTP: 'true' }),
    ...(login && {
      SYFT_REGISTRY_AUTH_AUTHORITY: registry,
      SYFT_REGISTRY_AUTH_USERNAME: login.username,
      SYFT_REGISTRY_AUTH_PASSWORD: login.password,
    }),
  };
}

function failed(message: string): Finding {
  return { rule: sbomRules.programFailed, message };
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, maxMessage);
}
