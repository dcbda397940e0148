import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maxInstructions, refusal } from './check.ts';
import { argumentOffset, type SeccompData } from './data.ts';
import { op, withX, type Instruction } from './instruction.ts';
import { run } from './run.ts';
import { Decider, specialise } from './specialise.ts';

const at = (code: number, k = 0, jt = 0, jf = 0): Instruction => ({ code, jt, jf, k });
const ret = (k: number): Instruction => at(op.ret.k, k);
const loadArgument = at(op.ld.abs, argumentOffset(0, 'low'));
const call: SeccompData = { nr: 41, arch: 0xc000003e, instructionPointer: 0n, args: [5n] };

describe('what remains of a program for one call', () => {
  it.each<[string, Instruction[], number | Instruction[]]>([
    ['its value', [at(op.ld.abs, 0), at(op.jmp.jeq, 41, 1, 0), ret(0), ret(7)], 7],
    ['the same of a calculation', [at(op.ld.abs, 0), at(op.alu.add, 1), at(op.ret.a)], 42],
    ['its value, where a load is of no consequence', [loadArgument, ret(7)], 7],
    ['its value, where both answers give the same', [loadArgument, at(op.jmp.jeq, 5, 0, 1), ret(7), ret(7)], 7],
    ['a division by zero', [at(op.ld.imm, 1), at(op.alu.div | withX), ret(7)], 0],
    [
      'the test of an argument',
      [
        at(op.ld.abs, 4),
        at(op.jmp.jeq, 0xc000003e, 1, 0),
        ret(0),
        loadArgument,
        at(op.jmp.jeq, 5, 0, 1),
        ret(7),
        ret(8),
      ],
      [loadArgument, at(op.jmp.jeq, 5, 0, 1), ret(7), ret(8)],
    ],
    [
      'a division that may end it',
      [loadArgument, at(op.misc.tax), at(op.ld.imm, 6), at(op.alu.div | withX), ret(7)],
      [loadArgument, at(op.misc.tax), at(op.ld.imm, 6), at(op.alu.div | withX), ret(7)],
    ],
  ])('%s', (_, program, residue) => expect(specialise(program, call)).toEqual(residue));

  it('keeps apart what two ways to one place know', () => {
    const program = [
      ...[loadArgument, at(op.jmp.jeq, 5, 0, 2), at(op.ldx.imm, 1), at(op.jmp.ja, 1), at(op.ldx.imm, 2)],
      ...[at(op.jmp.jgt, 9, 0, 1), ret(9), at(op.misc.txa), at(op.ret.a)],
    ];
    const answers = [5n, 6n, 10n].map((value) => new Decider(program).decide({ ...call, args: [value] }));
    expect(answers).toEqual([1, 2, 9]);
  });

  it('is the longest program that the kernel takes, if need be', () => {
    const tests = Array.from({ length: maxInstructions / 2 - 1 }, (_, k) => [loadArgument, at(op.jmp.jeq, k, 0, 1)]);
    const program = [...tests.flatMap((pair) => pair), ret(1), ret(2)];
    expect(refusal(program)).toBeUndefined();
    expect(new Decider(program).decide(call)).toBe(run(program, call));
  });
});

describe('whatever a program is', () => {
  const word = fc.oneof(fc.constantFrom(0, 1, 5, 41, 0x80000000, 0xc000003e, 0xffffffff), fc.nat(70));
  const distance = fc.nat(6);
  const oneOf = (codes: readonly number[], k: fc.Arbitrary<number>): fc.Arbitrary<Instruction> =>
    fc.record({ code: fc.constantFrom(...codes), jt: distance, jf: distance, k });
  const { add, sub, mul, div, or, and, lsh, rsh, xor, neg } = op.alu;
  const calculations = [add, sub, mul, or, and, xor];
  const tests = [op.jmp.jeq, op.jmp.jgt, op.jmp.jge, op.jmp.jset];
  const instruction = fc.oneof(
    { weight: 4, arbitrary: oneOf([op.ld.abs], fc.constantFrom(0, 4, 8, 16, 20, 24)) },
    { weight: 4, arbitrary: oneOf([...tests, ...tests.map((code) => code | withX)], word) },
    oneOf([op.ld.imm, op.ldx.imm, op.ld.len, op.ldx.len, op.misc.tax, op.misc.txa, neg], word),
    oneOf([op.st, op.stx, op.ld.mem, op.ldx.mem], fc.nat(2)),
    oneOf([...calculations, ...[...calculations, div, lsh, rsh].map((code) => code | withX)], word),
    oneOf([div, lsh, rsh], fc.integer({ min: 1, max: 31 })),
    oneOf([op.jmp.ja], distance),
    { weight: 1, arbitrary: oneOf([op.ret.k, op.ret.a], word) },
  );
  /** Every word of memory is stored first, and the returns at the end take up every jump. */
  const program = fc
    .array(instruction, { maxLength: 40 })
    .map((middle) => [
      ...[0, 1, 2].map((k) => at(op.st, k)),
      ...middle,
      ...Array.from({ length: 7 }, (_, k) => (k === 3 ? at(op.ret.a) : ret(k))),
    ]);
  const half = fc.oneof(fc.constantFrom(0n, 1n, 5n, 41n, 0x80000000n, 0xffffffffn), fc.bigInt({ min: 0n, max: 70n }));
  const argument = fc.tuple(half, half).map(([low, high]) => (high << 32n) | low);
  const data = fc.record({
    nr: fc.constantFrom(0, 41, 60),
    arch: fc.constantFrom(0xc000003e, 0x40000003),
    instructionPointer: argument,
    args: fc.array(argument, { minLength: 2, maxLength: 2 }),
  });

  it('what remains of it answers as it does, and the kernel would take it', () => {
    fc.assert(
      fc.property(program, fc.array(data, { minLength: 10 }), (instructions, calls) => {
        expect(refusal(instructions)).toBeUndefined();
        const decider = new Decider(instructions);
        for (const one of calls) {
          const residue = specialise(instructions, one);
          if (typeof residue === 'object') {
            expect(refusal(residue)).toBeUndefined();
            if (residue !== instructions)
              expect(residue.some(({ code, k }) => code === op.ld.abs && k < 8)).toBe(false);
          }
          expect(decider.decide(one)).toBe(run(instructions, one));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
