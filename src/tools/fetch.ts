import { rm, stat } from 'node:fs/promises';
import { ProgramError, TooLargeError, type Clock, type Http, type HttpResponse } from '../effects/effects.ts';
import { isPassing } from '../effects/retry.ts';
import { sha256OfFile } from './digest.ts';

/** A file to download, and where its download may go. */
export interface Download {
  /** What it is, for errors: `helm 4.2.4 for linux-x64`. */
  readonly what: string;
  readonly url: string;
  /** Hosts, with the port where it is not 443, that may be asked; a redirect elsewhere is refused. */
  readonly hosts: readonly string[];
  /** Hex digest it must have. */
  readonly sha256: string;
  /** Bytes it must have, where known. */
  readonly size?: number | undefined;
}

export interface Network {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One place did not give the file: another place may. Everything else that is wrong is a {@link ProgramError}. */
export class NotServed extends Error {
  override readonly name = 'NotServed';
  /** Whether asking the same place again may help. */
  readonly passing: boolean;
  constructor(message: string, passing: boolean, options?: ErrorOptions) {
    super(message, options);
    this.passing = passing;
  }
}

const maxRedirects = 5;
const maxBytes = 1024 ** 3;
/** Milliseconds for one whole file: 150 MB take that long at 2 Mbit/s. */
const timeout = 600_000;
const pauses = [1000, 5000];
const distrust =
  'Nothing of it was kept or run. Try once more; if it stays so, do not use this program, and tell the project that publishes it.';

/**
 * Downloads a file over https and checks its digest. The file exists afterwards only when the digest is right.
 * @param target path of the file to write
 * @throws NotServed when the place has no such file or gives no answer, after three attempts where that may help
 * @throws ProgramError when what it gives is not to be trusted
 */
export async function download(file: Download, target: string, network: Network): Promise<void> {
  try {
    await save(file, target, network);
    const sha256 = await sha256OfFile(target);
    if (sha256 === file.sha256) return;
    const { size } = await stat(target);
    throw new ProgramError(
      `${file.what}: the file from ${shown(file.url)} is not the pinned one. Its ${size} bytes have the sha256 ${sha256}, pinned is ${file.sha256}.`,
      distrust,
    );
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

/**
 * Downloads a file whose digest is not known beforehand, to the same rules as {@link download} otherwise.
 * @throws NotServed and ProgramError as {@link download} does
 */
export async function save(file: Omit<Download, 'sha256'>, target: string, network: Network): Promise<void> {
  for (const pause of [...pauses, undefined]) {
    try {
      await follow(file, target, network);
      return;
    } catch (error) {
      if (pause === undefined || !(error instanceof NotServed) || !error.passing) throw error;
      await network.clock.sleep(pause, network.signal);
    }
  }
}

async function follow(file: Omit<Download, 'sha256'>, target: string, network: Network): Promise<void> {
  let address = allowed(file.url, file);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await ask(address, file, target, network);
    if (answer.status === 200) return;
    const location = answer.headers.location;
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) {
      throw new NotServed(`${shown(address.href)} answered ${answer.status}.`, isPassing(answer.status));
    }
    address = allowed(location, file, address);
  }
  throw new ProgramError(
    `${file.what}: ${shown(file.url)} redirects more than ${maxRedirects} times, last to ${shown(address.href)}.`,
    distrust,
  );
}

/** The address, when it is https on one of the listed hosts. */
function allowed(url: string, { what, hosts }: Omit<Download, 'sha256'>, from?: URL): URL {
  const where = from === undefined ? 'its address' : `${shown(from.href)} redirects, and the new address`;
  const address = URL.parse(url, from?.href);
  if (address === null) throw new ProgramError(`${what}: ${where} is no URL.`, distrust);
  if (address.protocol !== 'https:')
    throw new ProgramError(`${what}: ${where} ${shown(address.href)} is not https.`, distrust);
  if (!hosts.includes(address.host)) {
    throw new ProgramError(
      `${what}: ${where} ${shown(address.href)} is on ${address.host}, which is none of the listed hosts ${hosts.join(', ')}.`,
      'Nothing was fetched from there. If the project has moved its files, add the host to `hosts` in tools/manifest.yaml.',
    );
  }
  return address;
}

async function ask(
  address: URL,
  { what, size }: Omit<Download, 'sha256'>,
  target: string,
  { http, signal }: Network,
): Promise<HttpResponse> {
  try {
    return await http(address.href, { saveTo: target, maxBytes: size ?? maxBytes, timeout, signal });
  } catch (error) {
    if (error instanceof TooLargeError) {
      throw new ProgramError(`${what}: ${error.message}, which is the most it may have.`, distrust, { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotServed(`${shown(address.href)} gave no complete answer: ${reason}`, true, { cause: error });
  }
}

/** An address without its query: the links of an asset host carry short-lived credentials there. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
