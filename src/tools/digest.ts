import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/** Hex sha256 of a file, read in pieces into one buffer: programs are larger than what a gate may keep in memory. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
