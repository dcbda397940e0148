import { dirname } from 'node:path';
import type { Finding } from '../../report/report.ts';
import { placeOf } from '../fields.ts';
import type { Service } from '../service.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { isObject } from './objects.ts';
import { readObjects, type KubernetesServices } from './read.ts';

/** Both keys of an object somewhere in the text: other files are not worth reading as YAML. */
const looksLikeObject = (text: string): boolean =>
  /["']?apiVersion["']?\s*:/.test(text) && /["']?kind["']?\s*:/.test(text);

/** Files that are read at the same time. */
const readAtOnce = 32;

/**
 * Reads the manifests among YAML and JSON files. A file is one when it has `apiVersion` and `kind`; other files are passed over. What
 * cannot be read is said where it looks like a manifest or lies in a folder of manifests.
 */
export async function readManifests(paths: readonly string[], workspace: Workspace): Promise<KubernetesServices> {
  const services: Service[] = [];
  const findings: Finding[] = [];
  const folders = new Set<string>();
  const others: string[] = [];
  const add = (path: string, text: string): void => {
    try {
      const documents = workspace.parse(text, path);
      if (!documents.some(isObject)) return;
      folders.add(dirname(path));
      const file = workspace.name(path);
      const read = readObjects(documents, (node) => placeOf({ ...node, file }));
      services.push(...read.services);
      findings.push(...read.findings);
    } catch (error) {
      findings.push(unreadable(error));
    }
  };
  for (let from = 0; from < paths.length; from += readAtOnce) {
    const batch = paths.slice(from, from + readAtOnce);
    const texts = await Promise.all(batch.map((path) => textOf(path, workspace)));
    batch.forEach((path, at) => {
      const text = texts[at] ?? '';
      if (!looksLikeObject(text)) others.push(path);
      else add(path, text);
    });
  }
  for (const path of others.filter((other) => /\.ya?ml$/.test(other) && folders.has(dirname(other)))) {
    try {
      await workspace.documents(path);
    } catch (error) {
      findings.push(unreadable(error));
    }
  }
  return { services, findings };
}

/** What cannot be read looks like nothing. */
async function textOf(path: string, workspace: Workspace): Promise<string> {
  try {
    return await workspace.text(path);
  } catch (error) {
    if (error instanceof UnreadableError) return '';
    throw error;
  }
}

function unreadable(error: unknown): Finding {
  if (error instanceof UnreadableError) return error.finding;
  throw error;
}
