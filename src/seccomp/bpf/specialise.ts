import { assemble, type Label, type Line } from './assemble.ts';
import { maxInstructions } from './check.ts';
import { dataBytes, wordsOf, type SeccompData } from './data.ts';
import { op, withX, type Instruction } from './instruction.ts';
import { calculate, holds, runOnWords } from './run.ts';

/** What remains of a program: its value, or a program that looks at no more than the arguments and the instruction pointer. */
export type Residue = number | readonly Instruction[];

/**
 * Evaluates what a program does with the number and the architecture of a call, and keeps the rest (N. D. Jones, C. K. Gomard, P. Sestoft, Partial
 * Evaluation and Automatic Program Generation, 1993, chapter 4).
 * @param program one that `refusal` takes
 */
export function specialise(program: readonly Instruction[], { nr, arch }: Pick<SeccompData, 'nr' | 'arch'>): Residue {
  try {
    return new Specialiser(program, [nr, arch]).residue();
  } catch (error) {
    if (error instanceof TooManyBlocksError) return program;
    throw error;
  }
}

/** Answers calls with one program, which it specialises for every architecture and number that it meets. */
export class Decider {
  readonly #program: readonly Instruction[];
  readonly #residues = new Map<number, Map<number, Residue>>();

  constructor(program: readonly Instruction[]) {
    this.#program = program;
  }

  /** The same as `run`. */
  decide(data: SeccompData): number {
    const residue = this.#residues.get(data.arch)?.get(data.nr) ?? this.#specialise(data);
    return typeof residue === 'number' ? residue : runOnWords(residue, wordsOf(data));
  }

  #specialise(data: SeccompData): Residue {
    const residue = specialise(this.#program, data);
    const known = this.#residues.get(data.arch);
    if (known === undefined) this.#residues.set(data.arch, new Map([[data.nr, residue]]));
    else known.set(data.nr, residue);
    return residue;
  }
}

class TooManyBlocksError extends Error {}

/** What is known before an instruction; undefined is known only when the residue runs. */
interface State {
  a: number | undefined;
  x: number | undefined;
  memory: (number | undefined)[];
  /** Offset of the word that register A should hold: it is loaded when it is needed, which it often is not. */
  pending: number | undefined;
}

/** Instructions of the residue from one place of the program, in one state, up to the jump or return that ends them. */
interface Block {
  readonly start: number;
  readonly label: Label;
  readonly lines: readonly Line[];
}

class Specialiser {
  readonly #program: readonly Instruction[];
  /** The first words of struct seccomp_data. */
  readonly #known: readonly number[];
  readonly #blocks = new Map<string, Block | number>();
  readonly #returns = new Map<number, Label>();

  constructor(program: readonly Instruction[], known: readonly number[]) {
    this.#program = program;
    this.#known = known;
  }

  residue(): Residue {
    const first = this.#block(0, { a: 0, x: 0, memory: [], pending: undefined });
    if (typeof first === 'number') return first;
    // Jumps go forward in the program, so they do between its places in order.
    const blocks = [...this.#blocks.values()].filter((block) => typeof block === 'object');
    const lines = blocks.sort((a, b) => a.start - b.start).flatMap(({ label, lines }) => [{ label }, ...lines]);
    const ends = [...this.#returns].flatMap(([k, label]): Line[] => [{ label }, { code: op.ret.k, k }]);
    return assemble([...lines, ...ends]);
  }

  #block(start: number, state: State): Block | number {
    // Behind the jump that leads here nothing is pending.
    const key = [start, state.a, state.x, ...state.memory].join();
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    if (this.#blocks.size >= maxInstructions) throw new TooManyBlocksError();
    const block = this.#evaluate(start, state);
    this.#blocks.set(key, block);
    return block;
  }

  #evaluate(start: number, before: State): Block | number {
    const state = { ...before, memory: [...before.memory] };
    const lines: Line[] = [];
    const label = Symbol(`from ${start}`);
    const ended = (...last: Line[]): Block => ({ start, label, lines: [...lines, ...last] });
    /** Where the value is known, a division by zero may still come first. */
    const constant = (value: number): Block | number =>
      lines.some((line) => 'code' in line && line.code === (op.alu.div | withX))
        ? ended({ code: op.ret.k, k: value })
        : value;

    for (let at = start; ; at++) {
      const instruction = this.#program[at];
      if (instruction === undefined)
        throw new RangeError('The program runs over its end; the kernel would have refused it.');
      const { code, jt, jf, k } = instruction;
      switch (code) {
        case op.ret.k:
          return constant(k);
        case op.ret.a:
          if (state.a !== undefined) return constant(state.a);
          needA(state, lines);
          return ended({ code, k });
        case op.jmp.ja:
          at += k;
          break;
        default: {
          const operand = (code & withX) === 0 ? k : state.x;
          const isJump = (code & 7) === 5;
          const isCalculation = (code & 7) === 4;
          if (!isJump && !isCalculation) this.#move(instruction, state, lines);
          else if (state.a === undefined || operand === undefined) {
            needA(state, lines);
            if ((code & withX) !== 0 && state.x !== undefined) lines.push({ code: op.ldx.imm, k: state.x });
            if (isJump) {
              const [yes, no] = [this.#block(at + 1 + jt, state), this.#block(at + 1 + jf, state)];
              if (typeof yes === 'number' && yes === no) return constant(yes);
              return ended({ code, k, yes: this.#labelOf(yes), no: this.#labelOf(no) });
            }
            lines.push({ code, k });
            state.a = undefined;
          } else if (isJump) at += holds(code & ~withX, state.a, operand) ? jt : jf;
          else {
            state.a = code === op.alu.neg ? -state.a >>> 0 : calculate(code & ~withX, state.a, operand);
            if (state.a === undefined) return constant(0);
          }
        }
      }
    }
  }

  /** Loads, stores and what goes from one register to the other. */
  #move({ code, k }: Instruction, state: State, lines: Line[]): void {
    const setA = (value: number | undefined, pending?: number): void => {
      Object.assign(state, { a: value, pending });
    };
    const keep = (): void => {
      needA(state, lines);
      lines.push({ code, k });
    };
    switch (code) {
      case op.ld.abs: {
        const value = this.#known[k / 4];
        setA(value, value === undefined ? k : undefined);
        break;
      }
      case op.ld.imm:
        setA(k);
        break;
      case op.ld.len:
        setA(dataBytes);
        break;
      case op.ld.mem:
        setA(state.memory[k]);
        if (state.a === undefined) lines.push({ code, k });
        break;
      case op.ldx.imm:
        state.x = k;
        break;
      case op.ldx.len:
        state.x = dataBytes;
        break;
      case op.ldx.mem:
        state.x = state.memory[k];
        if (state.x === undefined) lines.push({ code, k });
        break;
      case op.st:
        if (state.a === undefined) keep();
        state.memory[k] = state.a;
        break;
      case op.stx:
        if (state.x === undefined) lines.push({ code, k });
        state.memory[k] = state.x;
        break;
      case op.misc.tax:
        if (state.a === undefined) keep();
        state.x = state.a;
        break;
      case op.misc.txa:
        setA(state.x);
        if (state.a === undefined) lines.push({ code, k });
        break;
      default:
        throw new RangeError(`Code 0x${code.toString(16)} is none that a seccomp filter may use.`);
    }
  }

  #labelOf(block: Block | number): Label {
    if (typeof block === 'object') return block.label;
    const label = this.#returns.get(block) ?? Symbol(`return ${block}`);
    this.#returns.set(block, label);
    return label;
  }
}

/** Brings register A to what it should hold. */
function needA(state: State, lines: Line[]): void {
  if (state.a !== undefined) lines.push({ code: op.ld.imm, k: state.a });
  else if (state.pending !== undefined) lines.push({ code: op.ld.abs, k: state.pending });
  state.pending = undefined;
}
