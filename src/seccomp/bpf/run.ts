import { memoryWords } from './check.ts';
import { dataBytes, wordsOf, type SeccompData } from './data.ts';
import { op, withX, type Instruction } from './instruction.ts';

/**
 * Runs a filter on a call, as the kernel does: registers and calculations are unsigned and of 32 bits (net/core/filter.c, Documentation/networking/filter.rst).
 * @param program one that `refusal` takes; what it refuses has no meaning here
 * @returns the filter's value, unsigned; `effectOf` tells what it does
 */
export function run(program: readonly Instruction[], data: SeccompData): number {
  return runOnWords(program, wordsOf(data));
}

/** The same on the words of `wordsOf`, for whoever judges one call with several programs. */
export function runOnWords(program: readonly Instruction[], words: Uint32Array): number {
  let memory: Uint32Array | undefined;
  let a = 0;
  let x = 0;
  for (let at = 0; ; at++) {
    const instruction = program[at];
    if (instruction === undefined)
      throw new RangeError('The program runs over its end; the kernel would have refused it.');
    const { code, jt, jf, k } = instruction;
    const operand = (code & withX) === 0 ? k : x;
    switch (code) {
      case op.ld.abs:
        a = words[k / 4] ?? 0;
        break;
      case op.ld.imm:
        a = k;
        break;
      case op.ld.mem:
        a = memory?.[k] ?? 0;
        break;
      case op.ld.len:
        a = dataBytes;
        break;
      case op.ldx.imm:
        x = k;
        break;
      case op.ldx.mem:
        x = memory?.[k] ?? 0;
        break;
      case op.ldx.len:
        x = dataBytes;
        break;
      case op.st:
        memory ??= new Uint32Array(memoryWords);
        memory[k] = a;
        break;
      case op.stx:
        memory ??= new Uint32Array(memoryWords);
        memory[k] = x;
        break;
      case op.jmp.ja:
        at += k;
        break;
      case op.ret.k:
        return k;
      case op.ret.a:
        return a;
      case op.misc.tax:
        x = a;
        break;
      case op.misc.txa:
        a = x;
        break;
      case op.alu.neg:
        a = -a >>> 0;
        break;
      case op.jmp.jeq:
      case op.jmp.jeq | withX:
      case op.jmp.jgt:
      case op.jmp.jgt | withX:
      case op.jmp.jge:
      case op.jmp.jge | withX:
      case op.jmp.jset:
      case op.jmp.jset | withX:
        at += holds(code & ~withX, a, operand) ? jt : jf;
        break;
      default: {
        const result = calculate(code & ~withX, a, operand);
        if (result === undefined) return 0;
        a = result;
      }
    }
  }
}

/** Whether the test of a conditional jump holds. @param code without `withX` */
export function holds(code: number, a: number, operand: number): boolean {
  if (code === op.jmp.jeq) return a === operand;
  if (code === op.jmp.jgt) return a > operand;
  return code === op.jmp.jge ? a >= operand : (a & operand) !== 0;
}

/**
 * The result of a calculation; undefined for a division by zero, which ends the filter with 0: it kills the thread.
 * @param code without `withX`
 */
export function calculate(code: number, a: number, operand: number): number | undefined {
  switch (code) {
    case op.alu.add:
      return (a + operand) >>> 0;
    case op.alu.sub:
      return (a - operand) >>> 0;
    case op.alu.mul:
      return Math.imul(a, operand) >>> 0;
    case op.alu.div:
      return operand === 0 ? undefined : Math.floor(a / operand);
    case op.alu.or:
      return (a | operand) >>> 0;
    case op.alu.and:
      return (a & operand) >>> 0;
    case op.alu.xor:
      return (a ^ operand) >>> 0;
    // JavaScript takes the lower five bits of a shift's distance, as the kernel does of a register's.
    case op.alu.lsh:
      return (a << operand) >>> 0;
    case op.alu.rsh:
      return a >>> operand;
    default:
      throw new RangeError(`Code 0x${code.toString(16)} is none that a seccomp filter may use.`);
  }
}
