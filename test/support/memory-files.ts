import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { TooLargeError, type Files } from '../../src/effects/effects.ts';

/** Files that live in an object, by absolute path. A value that starts with `-> ` is a link. */
export function memoryFiles(content: Record<string, string>): Files & { readonly content: Record<string, string> } {
  const resolveLink = (path: string): string => {
    const target = content[path];
    return target?.startsWith('-> ') ? resolveLink(posix.resolve(posix.dirname(path), target.slice(3))) : path;
  };
  const read = (path: string, maxBytes: number): Uint8Array => {
    const text = content[resolveLink(path)];
    if (text === undefined) throw new Error(`ENOENT: ${path}`);
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > maxBytes) throw new TooLargeError(path, maxBytes);
    return bytes;
  };
  const kindOf = (path: string): 'file' | 'folder' | 'missing' => {
    const real = resolveLink(path);
    if (real in content) return 'file';
    return Object.keys(content).some((file) => file.startsWith(`${real}/`)) ? 'folder' : 'missing';
  };
  return {
    content,
    readBytes: (path, maxBytes) => Promise.resolve().then(() => read(path, maxBytes)),
    readText: (path, maxBytes) => Promise.resolve().then(() => new TextDecoder().decode(read(path, maxBytes))),
    sha256: (path) => Promise.resolve().then(() => createHash('sha256').update(read(path, Infinity)).digest('hex')),
    list: (folder) =>
      Promise.resolve(
        Object.keys(content)
          .filter((path) => path.startsWith(`${folder === '/' ? '' : folder}/`) && !content[path]?.startsWith('-> '))
          .sort(),
      ),
    links: (folder) =>
      Promise.resolve(
        Object.keys(content).filter((path) => path.startsWith(`${folder}/`) && content[path]?.startsWith('-> ')),
      ),
    kind: (path) => Promise.resolve(kindOf(path)),
    realPath: (path) =>
      kindOf(path) === 'missing' ? Promise.reject(new Error(`ENOENT: ${path}`)) : Promise.resolve(resolveLink(path)),
    write: (path, text) => {
      content[path] = typeof text === 'string' ? text : new TextDecoder().decode(text);
      return Promise.resolve();
    },
    makeFolder: () => Promise.resolve(),
    remove: (path) => {
      for (const file of Object.keys(content)) {
        if (file === path || file.startsWith(`${path}/`)) Reflect.deleteProperty(content, file);
      }
      return Promise.resolve();
    },
  };
}
