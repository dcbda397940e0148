import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of everything in `dist/`. */
export function bytesOfDist(): number {
  return readdirSync('dist').reduce((sum, file) => sum + statSync(join('dist', file)).size, 0);
}

/** Bytes of the archive that a runner downloads for `uses:` of the last commit. */
export function bytesOfSourceArchive(): number {
  const tar = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { maxBuffer: 1024 ** 3 });
  return gzipSync(tar).length;
}
