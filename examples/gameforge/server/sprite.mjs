import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/**
 * Draws a sprite with left-right symmetry from a prompt; the same prompt gives the same sprite. The GPU worker paints
 * the large pictures; this is the preview that answers at once.
 * @returns {{size: number, pixels: Uint8Array}} RGBA rows
 */
export function drawSprite(prompt, size) {
  const bits = randomBytes(prompt, size * size + 9);
  const palette = [0, 1, 2].map((i) => [bits[i * 3], bits[i * 3 + 1], bits[i * 3 + 2]]);
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value = bits[9 + y * size + Math.min(x, size - 1 - x)];
      if (value < 110) continue;
      pixels.set([...palette[value % palette.length], 255], (y * size + x) * 4);
    }
  }
  return { size, pixels };
}

/** PNG, 8 bits RGBA, one IDAT (PNG specification, third edition). */
export function toPng({ size, pixels }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) rows.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function randomBytes(seed, length) {
  const blocks = [];
  for (let i = 0; blocks.length * 32 < length; i++) blocks.push(createHash('sha256').update(`${i}:${seed}`).digest());
  return Buffer.concat(blocks);
}
