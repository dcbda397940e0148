/** One instruction of classic BPF: struct sock_filter of include/uapi/linux/filter.h. */
export interface Instruction {
  /** Class, size, mode, operation and source, 16 bits. */
  readonly code: number;
  /** Instructions to skip when the jump's test holds, and when it does not; 8 bits each. */
  readonly jt: number;
  readonly jf: number;
  /** Constant, unsigned 32 bits. */
  readonly k: number;
}

/** Codes that a seccomp filter may use (include/uapi/linux/bpf_common.h; the choice is seccomp_check_filter's, kernel/seccomp.c). */
export const op = {
  ld: { abs: 0x20, imm: 0x00, mem: 0x60, len: 0x80 },
  ldx: { imm: 0x01, mem: 0x61, len: 0x81 },
  st: 0x02,
  stx: 0x03,
  jmp: { ja: 0x05, jeq: 0x15, jgt: 0x25, jge: 0x35, jset: 0x45 },
  alu: { add: 0x04, sub: 0x14, mul: 0x24, div: 0x34, or: 0x44, and: 0x54, lsh: 0x64, rsh: 0x74, neg: 0x84, xor: 0xa4 },
  ret: { k: 0x06, a: 0x16 },
  misc: { tax: 0x07, txa: 0x87 },
} as const;

/** Bit of a jump or calculation that takes register X instead of the constant. */
export const withX = 0x08;

const instructionBytes = 8;

/**
 * Reads the bytes of a program as the kernel of a little-endian machine holds them.
 * @throws RangeError when they are no whole number of instructions
 */
export function decode(bytes: Uint8Array): Instruction[] {
  if (bytes.length % instructionBytes !== 0)
    throw new RangeError(`A BPF program is a multiple of ${instructionBytes} bytes long, not ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / instructionBytes }, (_, at) => ({
    code: view.getUint16(at * instructionBytes, true),
    jt: view.getUint8(at * instructionBytes + 2),
    jf: view.getUint8(at * instructionBytes + 3),
    k: view.getUint32(at * instructionBytes + 4, true),
  }));
}

/** The bytes that `setpriv --seccomp-filter`, `bwrap --seccomp` and crun's annotation `run.oci.seccomp_bpf_data` load. */
export function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * instructionBytes);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, jt, jf, k }, at) => {
    view.setUint16(at * instructionBytes, code, true);
    view.setUint8(at * instructionBytes + 2, jt);
    view.setUint8(at * instructionBytes + 3, jf);
    view.setUint32(at * instructionBytes + 4, k, true);
  });
  return bytes;
}
