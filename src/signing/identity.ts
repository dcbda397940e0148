/**
 * Who signed, from the certificate that Fulcio issued: its name and its extensions, never from what was signed.
 * Source: sigstore/fulcio, docs/oid-info.md; the values for GitHub are in its config/identity/config.yaml.
 */

/** Extensions below 1.3.6.1.4.1.57264.1, each a DER UTF8String. */
const extensionNumbers = {
  /** `<server>/<job_workflow_ref>`: the workflow file whose job signed, with the ref it was taken from. */
  buildSignerUri: 9,
  /** Commit of that workflow file. */
  buildSignerDigest: 10,
  /** `github-hosted` or `self-hosted`. */
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  /** Commit that was built. */
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  /** Number of the repository; it stays when the repository is renamed. */
  sourceRepositoryId: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerId: 17,
  /** `<server>/<workflow_ref>`: the workflow that the event started. */
  buildConfigUri: 18,
  buildConfigDigest: 19,
  /** Event that started the run. */
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
} as const;

const issuerNumber = 8;
const fulcioArc = '1.3.6.1.4.1.57264.1';

/** Whose signature it is. Extensions that the certificate does not have are absent. */
export type SignerIdentity = {
  /** Issuer of the identity token. */
  readonly issuer: string;
  /** Subject alternative name: for a GitHub workflow the same as `buildSignerUri`. */
  readonly name: string;
} & { readonly [Name in keyof typeof extensionNumbers]?: string };

/** An extension of a certificate: numbers of its identifier and the bytes of its value. */
export interface CertificateExtension {
  readonly oid?: { readonly id: readonly number[] } | undefined;
  readonly value: Uint8Array;
}

/** The identity, or undefined when the certificate has no name or no issuer. */
export function identityOf(
  name: string | undefined,
  extensions: readonly CertificateExtension[],
): SignerIdentity | undefined {
  const values = new Map(extensions.map(({ oid, value }) => [oid?.id.join('.'), value]));
  const read = (number: number): string | undefined => {
    const value = values.get(`${fulcioArc}.${number}`);
    return value === undefined ? undefined : utf8String(value);
  };
  const issuer = read(issuerNumber);
  if (name === undefined || issuer === undefined) return undefined;
  const named = Object.entries(extensionNumbers).flatMap(([key, number]) => {
    const value = read(number);
    return value === undefined ? [] : [[key, value]];
  });
  return { issuer, name, ...(Object.fromEntries(named) as object) };
}

/** The text of a DER UTF8String (ITU-T X.690, sections 8.1.3 and 8.23), or undefined when the bytes are none. */
export function utf8String(der: Uint8Array): string | undefined {
  const [tag, first = 0] = der;
  if (tag !== 0x0c) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : Number(`0x${Buffer.from(der.subarray(2, start)).toString('hex')}`);
  if (der.length !== start + length) return undefined;
  return new TextDecoder().decode(der.subarray(start));
}
