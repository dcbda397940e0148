import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Sees which chunks of `dist/` the actions of a test file load: Node itself writes it down. */
export class LoadedChunks {
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipway-chunks-'));
  /** Variables for the processes that are watched (nodejs.org/api/cli.html, NODE_V8_COVERAGE). */
  readonly environment: Readonly<Record<string, string>> = { NODE_V8_COVERAGE: this.#folder };

  /** File names of the chunks that were loaded by any process that has ended. */
  names(): string[] {
    const names = readdirSync(this.#folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(this.#folder, file), 'utf8')) as { result: { url: string }[] };
      return result.map(({ url }) => basename(url)).filter((name) => chunkName.test(name));
    });
    return [...new Set(names)].sort();
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

const chunkName = /^\d+\.index\.js$/;

/** Every chunk that lies in `dist/`. */
export function allChunks(): string[] {
  return readdirSync('dist')
    .filter((name) => chunkName.test(name))
    .sort();
}
