import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Finds files that are shipped with Slipway (`policies/`, `tools/manifest.yaml`, the trusted root). They are read by
 * path, because a bundler would rename copies of them.
 * @param origin URL of a file in a folder at the package's root, such as a stub in `dist/`
 */
export function packagedFrom(origin: string): (path: string) => string {
  const root = fileURLToPath(new URL('..', origin));
  return (path) => join(root, path);
}
