/** What a filter sees of a call: struct seccomp_data of include/uapi/linux/seccomp.h. */
export interface SeccompData {
  /** Number of the call, unsigned 32 bits. */
  readonly nr: number;
  /** AUDIT_ARCH_* value of the calling convention, unsigned 32 bits. */
  readonly arch: number;
  /** Where the call was made from, 64 bits. */
  readonly instructionPointer: bigint;
  /** Up to six arguments of 64 bits; those not given are 0. A 32-bit call's arguments are extended with zeros. */
  readonly args: readonly bigint[];
}

/** Size of struct seccomp_data in bytes. */
export const dataBytes = 64;

/** Offset of an argument's half, in bytes, on a little-endian machine. */
export function argumentOffset(index: number, half: 'low' | 'high'): number {
  return 16 + index * 8 + (half === 'high' ? 4 : 0);
}

/** The data as the sixteen words of 32 bits that aligned loads read, on a little-endian machine. */
export function wordsOf({ nr, arch, instructionPointer, args }: SeccompData): Uint32Array {
  const words = new Uint32Array(dataBytes / 4);
  words[0] = nr;
  words[1] = arch;
  [instructionPointer, ...args.slice(0, 6)].forEach((value, at) => {
    words[2 + at * 2] = Number(value & 0xffffffffn);
    words[3 + at * 2] = Number((value >> 32n) & 0xffffffffn);
  });
  return words;
}
