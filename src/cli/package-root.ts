import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of this package, where `policies/` and `tools/` lie. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Absolute path of a file that is shipped with Slipway. */
export function packaged(path: string): string {
  return join(packageRoot, path);
}
