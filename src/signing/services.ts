import { UnusableFile } from './errors.ts';

/** Base addresses of the services that make a signature. */
export interface SigningServices {
  /** Certificate authority. */
  readonly fulcio: string;
  /** Transparency log, version 1 of its API. */
  readonly rekor: string;
  /** Timestamp authority with its whole path; the log's time is enough without one. */
  readonly timestamp?: string;
  /** Whether what is signed is published for ever by Sigstore's public log. */
  readonly isPublic: boolean;
}

/** The services of the Sigstore public good instance (docs.sigstore.dev, "Public Deployment"). */
export const publicGood: SigningServices = {
  fulcio: 'https://fulcio.sigstore.dev',
  rekor: 'https://rekor.sigstore.dev',
  isPublic: true,
};

/** One service of a signing configuration (sigstore/protobuf-specs, sigstore_trustroot.proto, `Service`). */
interface Service {
  readonly url: string;
  readonly majorApiVersion: number;
  readonly start: number;
  readonly end: number;
}

const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';

/**
 * Chooses the services of a signing configuration as cosign reads it: of each kind the newest that is valid now.
 * @throws UnusableFile
 */
export function servicesOf(json: string, now: Date): SigningServices {
  const config = parse(json);
  if (config.mediaType !== mediaType) throw new UnusableFile(`its mediaType is not ${mediaType}`);
  const fulcio = newest(config.caUrls, now, 'caUrls');
  const rekor = newest(config.rekorTlogUrls, now, 'rekorTlogUrls');
  const timestamp = newest(config.tsaUrls, now, 'tsaUrls');
  checkSelector(config.rekorTlogConfig, 'rekorTlogConfig');
  checkSelector(config.tsaConfig, 'tsaConfig');
  if (fulcio === undefined) throw new UnusableFile('it has no certificate authority (caUrls) that is valid now');
  if (rekor === undefined)
    throw new UnusableFile('it has no log (rekorTlogUrls) with version 1 of the API that is valid now');
  return {
    fulcio,
    rekor,
    ...(timestamp !== undefined && { timestamp }),
    isPublic: new URL(rekor).hostname.endsWith('.sigstore.dev'),
  };
}

function newest(services: unknown, now: Date, where: string): string | undefined {
  if (services === undefined) return undefined;
  if (!Array.isArray(services)) throw new UnusableFile(`${where} is no list`);
  return services
    .map((service) => readService(service, where))
    .filter(
      ({ majorApiVersion, start, end }) => majorApiVersion === 1 && start <= now.getTime() && now.getTime() <= end,
    )
    .sort((a, b) => b.start - a.start)[0]?.url;
}

function readService(value: unknown, where: string): Service {
  const { url, majorApiVersion, validFor } = (value ?? {}) as Record<string, unknown>;
  const { start, end } = (validFor ?? {}) as Record<string, unknown>;
  if (typeof url !== 'string' || !isHttp(url)) throw new UnusableFile(`a url in ${where} is no http address`);
  const time = (text: unknown, otherwise: number): number => (typeof text === 'string' ? Date.parse(text) : otherwise);
  return {
    url: url.replace(/\/$/, ''),
    majorApiVersion: Number(majorApiVersion),
    start: time(start, -Infinity),
    end: time(end, Infinity),
  };
}

/** One service of a kind is used; a configuration that demands more cannot be followed. */
function checkSelector(value: unknown, where: string): void {
  if (value === undefined) return;
  const { selector, count = 1 } = value as Record<string, unknown>;
  if (selector === 'ANY' || (selector === 'EXACT' && count === 1)) return;
  throw new UnusableFile(`${where} demands more than one service`);
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

function parse(json: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new UnusableFile('it is not JSON');
  }
  return (content ?? {}) as Record<string, unknown>;
}
