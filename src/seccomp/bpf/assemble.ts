import { op, type Instruction } from './instruction.ts';

/** A place in a program that jumps name before it is known where it lies. */
export type Label = symbol;

/** An instruction whose jumps name labels; `next` is the instruction behind it. */
export type Line =
  | { readonly label: Label }
  | { readonly code: number; readonly k: number }
  | { readonly jump: Label }
  | { readonly code: number; readonly k: number; readonly yes: Label | 'next'; readonly no: Label | 'next' };

/** Farthest that a conditional jump reaches. */
const reach = 255;

/**
 * Turns lines into a program. A conditional jump reaches 255 instructions; where one must go farther, an unconditional jump is put
 * behind it, which reaches everywhere.
 * @throws RangeError when a jump goes backwards or to no label
 */
export function assemble(lines: readonly Line[]): Instruction[] {
  const long = new Set<string>();
  for (;;) {
    const { places, starts } = layOut(lines, long);
    const grown = long.size;
    const program = lines.flatMap((line, at) => emit(line, at, starts[at] ?? 0, places, long));
    // A longer jump moves what lies behind it, which can make other jumps too long: once more until none is.
    if (long.size === grown) return program;
  }
}

/** Where every line and label comes to lie when these branches of conditional jumps, named `line:yes` or `line:no`, are long. */
function layOut(lines: readonly Line[], long: ReadonlySet<string>): { places: Map<Label, number>; starts: number[] } {
  const places = new Map<Label, number>();
  let at = 0;
  const starts = lines.map((line, index) => {
    const start = at;
    if ('label' in line) places.set(line.label, at);
    else at += 1 + Number(long.has(`${index}:yes`)) + Number(long.has(`${index}:no`));
    return start;
  });
  return { places, starts };
}

function emit(
  line: Line,
  index: number,
  at: number,
  places: ReadonlyMap<Label, number>,
  long: Set<string>,
): Instruction[] {
  const distance = (label: Label, from: number): number => {
    const place = places.get(label);
    if (place === undefined || place <= from)
      throw new RangeError(`A jump of line ${index} does not go forward to a label.`);
    return place - from - 1;
  };
  if ('label' in line) return [];
  if ('jump' in line) return [{ code: op.jmp.ja, jt: 0, jf: 0, k: distance(line.jump, at) }];
  if (!('yes' in line)) return [{ code: line.code, jt: 0, jf: 0, k: line.k }];

  const isLong = { yes: long.has(`${index}:yes`), no: long.has(`${index}:no`) };
  const trampolines: Instruction[] = [];
  const branch = (side: 'yes' | 'no'): number => {
    const target = line[side];
    if (target === 'next') return Number(isLong.yes) + Number(isLong.no);
    if (isLong[side]) {
      const from = at + 1 + trampolines.length;
      trampolines.push({ code: op.jmp.ja, jt: 0, jf: 0, k: distance(target, from) });
      return trampolines.length - 1;
    }
    const away = distance(target, at);
    if (away > reach) long.add(`${index}:${side}`);
    return away & reach;
  };
  const jt = branch('yes');
  const jf = branch('no');
  return [{ code: line.code, jt, jf, k: line.k }, ...trampolines];
}
