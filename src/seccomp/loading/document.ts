import { createScanner } from 'jsonc-parser';
import { parseJson } from '../../documents/json.ts';
import { DocumentError, get, type Node } from '../../documents/node.ts';
import { parseYamlStream } from '../../documents/yaml.ts';

/**
 * What a profile's file is: the profile itself, as Docker, Podman and containerd read it; the config.json of an OCI bundle, whose `linux.seccomp`
 * the runtime reads; or a SeccompProfile of the Security Profiles Operator, whose `spec` the operator writes out for the node's runtime.
 */
export type ProfileFormat = 'profile' | 'runtime-config' | 'custom-resource';

/** A profile in its file, with the place of everything. */
export interface ProfileDocument {
  readonly format: ProfileFormat;
  readonly text: string;
  /** What is there instead of a profile, in the strict reading. */
  readonly problem?: DocumentError;
  /** The whole document; of text that is not strictly JSON, what json-c (crun 1.28) makes of it. */
  readonly root: Node | undefined;
  /** The object that holds the profile; undefined where the document has none. */
  readonly profile: Node | undefined;
}

/**
 * Reads a file with one profile, or a YAML stream with one custom resource for each; documents of a stream that are something else are left out.
 * Never throws: what cannot be read is a document with a problem.
 */
export function readDocuments(text: string): ProfileDocument[] {
  return /^\ufeff?\s*(?:[[{]|$)/.test(text) ? [readJson(text)] : readYaml(text);
}

function readJson(text: string): ProfileDocument {
  try {
    return documentOf(text, parseJson(text));
  } catch (problem) {
    if (!(problem instanceof DocumentError)) throw problem;
    return { ...documentOf(text, forgiven(text)), problem };
  }
}

function readYaml(text: string): ProfileDocument[] {
  try {
    const documents = parseYamlStream(text).map((root) => documentOf(text, root));
    const resources = documents.filter(({ format }) => format === 'custom-resource');
    if (resources.length > 0) return resources;
    throw new DocumentError('It is neither JSON nor a SeccompProfile.', { line: 1, column: 1 });
  } catch (problem) {
    if (!(problem instanceof DocumentError)) throw problem;
    return [{ format: 'profile', text, problem, root: undefined, profile: undefined }];
  }
}

function documentOf(text: string, root: Node | undefined): ProfileDocument {
  if (isCustomResource(root)) return { format: 'custom-resource', text, root, profile: get(root, 'spec') };
  if (get(root, 'ociVersion') !== undefined)
    return { format: 'runtime-config', text, root, profile: get(get(root, 'linux'), 'seccomp') };
  return { format: 'profile', text, root, profile: root };
}

function isCustomResource(root: Node | undefined): boolean {
  const version = get(root, 'apiVersion');
  const kind = get(root, 'kind');
  return (
    version?.kind === 'scalar' &&
    kind?.kind === 'scalar' &&
    kind.value === 'SeccompProfile' &&
    String(version.value).startsWith('security-profiles-operator.x-k8s.io/')
  );
}

/** What json-c makes of text that has a comma before a closing bracket; everything keeps its place. */
function forgiven(text: string): Node | undefined {
  try {
    return parseJson(withoutTrailingCommas(text));
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** jsonc-parser's SyntaxKind: a const enum, which type stripping cannot import. */
const token = { closeBrace: 2, closeBracket: 4, comma: 5, end: 17 } as const;

function withoutTrailingCommas(text: string): string {
  const scanner = createScanner(text, true);
  const pieces: string[] = [];
  let from = 0;
  let comma = -1;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if ((kind === token.closeBrace || kind === token.closeBracket) && comma !== -1) {
      pieces.push(text.slice(from, comma), ' ');
      from = comma + 1;
    }
    comma = kind === token.comma ? scanner.getTokenOffset() : -1;
  }
  return pieces.join('') + text.slice(from);
}
