import { arch } from 'node:os';
import { Header } from 'tar';
import { imageOf, type SmallImage } from './small-image.ts';

/** One entry of a layer. Nothing is checked: a hostile entry is written as it is given. */
export interface LayerEntry {
  readonly path: string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  readonly content?: Uint8Array | string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly linkpath?: string;
}

/** A tar archive with these entries, in this order. */
export function layer(entries: readonly LayerEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', content = '', mode = 0o755, uid = 0, gid = 0, linkpath }) => {
    const data = Buffer.from(content);
    const link = linkpath === undefined ? {} : { linkpath };
    const header = new Header({ path, type, mode, uid, gid, size: data.length, mtime: new Date(0), ...link });
    const block = Buffer.alloc(512);
    header.encode(block);
    return [block, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** An image for this machine. */
export function imageForThisMachine(layers: readonly Buffer[], runtime: object): SmallImage {
  return imageOf(layers, arch() === 'x64' ? 'amd64' : arch(), runtime);
}
