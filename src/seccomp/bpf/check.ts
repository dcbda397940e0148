import { dataBytes } from './data.ts';
import { op, withX, type Instruction } from './instruction.ts';

/** Longest program that the kernel takes (BPF_MAXINSNS of include/uapi/linux/bpf_common.h). */
export const maxInstructions = 4096;
/** Words of scratch memory (BPF_MEMWORDS of include/uapi/linux/filter.h). */
export const memoryWords = 16;

const conditionalJumps: readonly number[] = [op.jmp.jeq, op.jmp.jgt, op.jmp.jge, op.jmp.jset].flatMap((code) => [
  code,
  code | withX,
]);
const calculations: readonly number[] = [
  ...[
    op.alu.add,
    op.alu.sub,
    op.alu.mul,
    op.alu.div,
    op.alu.or,
    op.alu.and,
    op.alu.lsh,
    op.alu.rsh,
    op.alu.xor,
  ].flatMap((code) => [code, code | withX]),
  op.alu.neg,
];
const stores: readonly number[] = [op.st, op.stx];
const memoryLoads: readonly number[] = [op.ld.mem, op.ldx.mem];
const returns: readonly number[] = [op.ret.k, op.ret.a];
const plain: readonly number[] = [op.ld.imm, op.ld.len, op.ldx.imm, op.ldx.len, op.misc.tax, op.misc.txa];

/**
 * Why the kernel refuses a program as seccomp filter; undefined when it takes it. These are the rules of seccomp_prepare_filter and
 * seccomp_check_filter (kernel/seccomp.c) and of bpf_check_classic with check_load_and_stores (net/core/filter.c). A filter that passes
 * ends: every jump goes forward and the last instruction returns.
 */
export function refusal(program: readonly Instruction[]): string | undefined {
  if (program.length === 0) return 'The program is empty.';
  if (program.length > maxInstructions)
    return `The program has ${program.length} instructions; the kernel takes ${maxInstructions}.`;
  for (const [at, instruction] of program.entries()) {
    const reason = instructionRefusal(instruction, program.length - at - 1);
    if (reason !== undefined) return `Instruction ${at}: ${reason}`;
  }
  if (!returns.includes(program.at(-1)?.code ?? -1)) return 'The last instruction does not return.';
  return uninitialisedLoad(program);
}

/** @param after number of instructions behind this one */
function instructionRefusal({ code, jt, jf, k }: Instruction, after: number): string | undefined {
  if (code === op.ld.abs)
    return k % 4 === 0 && k < dataBytes
      ? undefined
      : `loads from ${k}, which is no aligned word of struct seccomp_data.`;
  if (code === op.jmp.ja) return k < after ? undefined : 'jumps behind the end.';
  if (conditionalJumps.includes(code)) return jt < after && jf < after ? undefined : 'jumps behind the end.';
  if (stores.includes(code) || memoryLoads.includes(code))
    return k < memoryWords ? undefined : `uses word ${k} of memory; there are ${memoryWords}.`;
  if (code === op.alu.div && k === 0) return 'divides by zero.';
  if ((code === op.alu.lsh || code === op.alu.rsh) && k >= 32) return `shifts by ${k} bits.`;
  const known = calculations.includes(code) || returns.includes(code) || plain.includes(code);
  return known ? undefined : `code 0x${code.toString(16)} is none that a seccomp filter may use.`;
}

/** A load from a word of memory that some way to it has not stored to. Each bit of a mask is a word known to be stored. */
function uninitialisedLoad(program: readonly Instruction[]): string | undefined {
  const all = 2 ** memoryWords - 1;
  const arriving = new Uint32Array(program.length).fill(all);
  let stored = 0;
  for (const [at, { code, jt, jf, k }] of program.entries()) {
    stored &= arriving[at] ?? all;
    const reach = (distance: number): void => {
      arriving[at + 1 + distance] = (arriving[at + 1 + distance] ?? all) & stored;
    };
    if (stores.includes(code)) stored |= 1 << k;
    else if (memoryLoads.includes(code) && (stored & (1 << k)) === 0)
      return `Instruction ${at}: loads word ${k} of memory, which may not have been stored.`;
    else if (code === op.jmp.ja) {
      reach(k);
      stored = all;
    } else if (conditionalJumps.includes(code)) {
      reach(jt);
      reach(jf);
      stored = all;
    }
  }
  return undefined;
}
