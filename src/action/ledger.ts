import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EvidenceFile } from '../definition/context.ts';

/**
 * The list of statements that gates of this job wrote. It lies in the runner's temporary folder, which is emptied
 * between jobs: a statement from another job's artifact is not on it, wherever it was unpacked.
 */
export class Ledger {
  readonly #path: string;
  constructor(temp: string) {
    this.#path = join(temp, 'slipway', 'evidence.jsonl');
  }

  async add(path: string, content: string): Promise<void> {
    const entry: EvidenceFile = { path, sha256: createHash('sha256').update(content).digest('hex') };
    await mkdir(dirname(this.#path), { recursive: true });
    await appendFile(this.#path, `${JSON.stringify(entry)}\n`);
  }

  async entries(): Promise<EvidenceFile[]> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as EvidenceFile);
  }
}
