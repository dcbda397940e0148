import { fileURLToPath } from 'node:url';

/** Path of a file in `src/local/data`. */
export function dataFile(name: string): string {
  return fileURLToPath(new URL(`./data/${name}`, import.meta.url));
}
