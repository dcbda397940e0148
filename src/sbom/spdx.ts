import type { Finding } from '../report/report.ts';
import { sbomRules } from './rules.ts';

/** An SPDX 2.3 document that speaks of the image it is to be attached to. */
export interface Sbom {
  /** The document, as it becomes the predicate. */
  readonly document: unknown;
  /** Packages in it, without the image itself. */
  readonly packages: number;
}

/** Predicate type of an SPDX 2.3 document in an attestation. */
export const spdxPredicateType = 'https://spdx.dev/Document/v2.3';

/** 16 MiB: what GitHub's attestation API takes as a predicate. */
export const maxSbomBytes = 16 * 1024 * 1024;

/**
 * Reads an SBOM and checks that it is complete, lists something, and is of the image.
 * @param digest of the image: `sha256:` and hex
 * @param place as findings name it
 */
export function checkSpdx(bytes: Uint8Array, digest: string, place: string): Sbom | Finding {
  const finding = (rule: keyof typeof sbomRules, message: string): Finding => ({
    rule: sbomRules[rule],
    message,
    place: { file: place },
  });
  const document = parse(bytes);
  if (document === undefined) return finding('unreadable', 'The SBOM is not one complete JSON object.');
  if (document.spdxVersion !== 'SPDX-2.3' || document.SPDXID !== 'SPDXRef-DOCUMENT') {
    const version = textOf(document.spdxVersion) || 'of no version';
    return finding('unreadable', `The SBOM says it is ${version}, not SPDX-2.3.`);
  }
  const packages = objects(document.packages);
  const described = describedBy(document);
  const roots = packages.filter(({ SPDXID }) => described.has(SPDXID));
  const stated = new Set(roots.flatMap(statedDigests));
  if (stated.size === 0) return finding('subjectMismatch', 'The SBOM does not say which image it is of.');
  const foreign = [...stated].filter((other) => other !== digest);
  if (foreign.length > 0) return finding('subjectMismatch', `The SBOM is of ${foreign.join(', ')}, not of ${digest}.`);
  if (packages.length === roots.length) return finding('empty', 'The SBOM lists no package besides the image itself.');
  return { document, packages: packages.length - roots.length };
}

type Fields = Readonly<Record<string, unknown>>;

function parse(bytes: Uint8Array): Fields | undefined {
  try {
    return objects([JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))])[0];
  } catch {
    return undefined;
  }
}

/** Ids of what the document describes: relationships, or the older list (SPDX 2.3, section 11, and annex D). */
function describedBy({ relationships, documentDescribes }: Fields): Set<unknown> {
  const related = objects(relationships).flatMap(({ relationshipType, spdxElementId, relatedSpdxElement }) => {
    if (relationshipType === 'DESCRIBES' && spdxElementId === 'SPDXRef-DOCUMENT') return [relatedSpdxElement];
    if (relationshipType === 'DESCRIBED_BY' && relatedSpdxElement === 'SPDXRef-DOCUMENT') return [spdxElementId];
    return [];
  });
  return new Set([...related, ...(Array.isArray(documentDescribes) ? (documentDescribes as unknown[]) : [])]);
}

/**
 * Every image digest that a package states: as its version, as SHA256 checksum, or in a `pkg:oci` URL. Syft writes all
 * three; asked for an index it writes that as the version, and in the others the one image that it read.
 */
function statedDigests({ versionInfo, checksums, externalRefs }: Fields): string[] {
  const sums = objects(checksums)
    .filter(({ algorithm }) => algorithm === 'SHA256')
    .map(({ checksumValue }) => `sha256:${textOf(checksumValue)}`);
  const urls = objects(externalRefs).map(({ referenceLocator }) => ociDigest(textOf(referenceLocator)));
  return [textOf(versionInfo), ...sums, ...urls]
    .map((text) => text.toLowerCase())
    .filter((text) => text.startsWith('sha256:'));
}

/** The version of a `pkg:oci/name@sha256%3A…` URL (package-url specification, type `oci`). */
function ociDigest(url: string): string {
  const version = /^pkg:oci\/[^@?#]*@([^?#]*)/.exec(url)?.[1];
  return version?.replace(/%3a/i, ':') ?? '';
}

function objects(value: unknown): Fields[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).filter(
    (item): item is Fields => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
