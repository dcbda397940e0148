import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { action, effectOf, strictest, type Effect } from './action.ts';
import { assemble, type Line } from './assemble.ts';
import { maxInstructions, refusal } from './check.ts';
import { argumentOffset, wordsOf, type SeccompData } from './data.ts';
import { decode, encode, op, withX, type Instruction } from './instruction.ts';
import { run } from './run.ts';

const at = (code: number, k = 0, jt = 0, jf = 0): Instruction => ({ code, jt, jf, k });
const ret = (k: number): Instruction => at(op.ret.k, k);
const returnA = at(op.ret.a);
const load = (k: number): Instruction => at(op.ld.abs, k);
const call: SeccompData = {
  nr: 41,
  arch: 0xc000003e,
  instructionPointer: 0x0102030405060708n,
  args: [0xfedcba9876543210n, 1n, 2n, 3n, 4n, 5n],
};

describe('the bytes of a program', () => {
  it('are struct sock_filter, little-endian', () =>
    expect([...encode([at(0x15, 0xc000003e, 1, 2)])]).toEqual([0x15, 0, 1, 2, 0x3e, 0, 0, 0xc0]));

  it('come back as they went', () => {
    const word = (max: number) => fc.integer({ min: 0, max });
    const instruction = fc.record({ code: word(0xffff), jt: word(255), jf: word(255), k: word(0xffffffff) });
    fc.assert(fc.property(fc.array(instruction), (program) => expect(decode(encode(program))).toEqual(program)));
  });

  it('are read from the middle of a buffer too', () =>
    expect(decode(new Uint8Array([9, 9, ...encode([ret(7)])]).subarray(2))).toEqual([ret(7)]));

  it('that are cut are refused', () =>
    expect(() => decode(new Uint8Array(9))).toThrow('a multiple of 8 bytes long, not 9'));
});

describe('what a filter sees of a call', () => {
  it.each([
    ['the number', 0, 41],
    ['the architecture', 4, 0xc000003e],
    ['the lower half of the instruction pointer', 8, 0x05060708],
    ['its upper half', 12, 0x01020304],
    ['the lower half of argument 0', argumentOffset(0, 'low'), 0x76543210],
    ['its upper half', argumentOffset(0, 'high'), 0xfedcba98],
    ['argument 5', argumentOffset(5, 'low'), 5],
  ])('%s at byte %p', (_, offset, value) => expect(run([load(offset), returnA], call)).toBe(value));

  it('arguments that are not given are 0', () => expect(wordsOf({ ...call, args: [] })[15]).toBe(0));
});

describe('calculations', () => {
  const calculate = (code: number, a: number, operand: number): number[] => [
    run([at(op.ld.imm, a), at(code, operand), returnA], call),
    run([at(op.ldx.imm, operand), at(op.ld.imm, a), at(code | withX), returnA], call),
  ];
  it.each([
    ['add wraps', op.alu.add, 0xffffffff, 2, 1],
    ['sub wraps', op.alu.sub, 1, 2, 0xffffffff],
    ['mul keeps the lower 32 bits', op.alu.mul, 0xffffffff, 0xffffffff, 1],
    ['div is unsigned and rounds down', op.alu.div, 0xffffffff, 2, 0x7fffffff],
    ['or', op.alu.or, 0x80000000, 1, 0x80000001],
    ['and', op.alu.and, 0xf0f0f0f0, 0x80000001, 0x80000000],
    ['xor', op.alu.xor, 0xffffffff, 1, 0xfffffffe],
    ['lsh', op.alu.lsh, 3, 31, 0x80000000],
    ['rsh does not extend the sign', op.alu.rsh, 0x80000000, 31, 1],
  ])('%s, with a constant and with X', (_, code, a, operand, result) =>
    expect(calculate(code, a, operand)).toEqual([result, result]),
  );

  it('neg', () => expect(run([at(op.ld.imm, 1), at(op.alu.neg), returnA], call)).toBe(0xffffffff));
  it('a shift by X takes its lower five bits', () =>
    expect(run([at(op.ldx.imm, 33), at(op.ld.imm, 1), at(op.alu.lsh | withX), returnA], call)).toBe(2));
  it('a division by an X of zero ends the filter with 0', () =>
    expect(run([at(op.ld.imm, 1), at(op.alu.div | withX), ret(action.allow)], call)).toBe(0));
  it('registers, memory and the length', () =>
    expect(
      run(
        [
          at(op.ld.len),
          at(op.st, 3),
          at(op.ldx.len),
          at(op.stx, 4),
          at(op.misc.tax),
          at(op.ld.mem, 4),
          at(op.alu.add | withX),
          at(op.ldx.mem, 3),
        ].concat([at(op.alu.add | withX), at(op.misc.tax), at(op.ld.imm, 0), at(op.misc.txa), returnA]),
        call,
      ),
    ).toBe(192));
});

describe('jumps', () => {
  it.each([
    ['jeq', op.jmp.jeq, 5, 5, true],
    ['jeq', op.jmp.jeq, 5, 6, false],
    ['jgt is unsigned', op.jmp.jgt, 0x80000000, 1, true],
    ['jgt', op.jmp.jgt, 5, 5, false],
    ['jge', op.jmp.jge, 5, 5, true],
    ['jge', op.jmp.jge, 4, 5, false],
    ['jset of the highest bit', op.jmp.jset, 0xffffffff, 0x80000000, true],
    ['jset', op.jmp.jset, 6, 9, false],
  ])('%s', (_, code, a, operand, holds) => {
    const ends = [ret(0), ret(1)];
    expect(run([at(op.ld.imm, a), at(code, operand, 1, 0), ...ends], call)).toBe(Number(holds));
    expect(run([at(op.ldx.imm, operand), at(op.ld.imm, a), at(code | withX, 0, 1, 0), ...ends], call)).toBe(
      Number(holds),
    );
  });

  it('ja skips k instructions', () => expect(run([at(op.jmp.ja, 2), ret(0), ret(1), ret(2)], call)).toBe(2));
});

describe('what the kernel refuses', () => {
  const longest = [...Array.from({ length: maxInstructions - 1 }, () => load(0)), ret(0)];
  it.each<[string, Instruction[], string | undefined]>([
    ['an empty program', [], 'empty'],
    ['4096 instructions are taken', longest, undefined],
    ['4097 are not', [load(0), ...longest], 'takes 4096'],
    ['a load of one byte', [at(0x30, 0), ret(0)], 'code 0x30'],
    ['a load relative to X', [at(0x40, 0), ret(0)], 'code 0x40'],
    ['the remainder of a division, which seccomp leaves out', [at(0x94, 3), ret(0)], 'code 0x94'],
    ['a return of X', [at(0x0e)], 'code 0xe'],
    ['a load that is not aligned', [load(2), ret(0)], 'no aligned word'],
    ['the last word is taken', [load(60), ret(0)], undefined],
    ['a load behind the data', [load(64), ret(0)], 'no aligned word'],
    ['a division by a constant zero', [at(op.alu.div, 0), ret(0)], 'divides by zero'],
    ['a division by X is taken', [at(op.alu.div | withX, 0), ret(0)], undefined],
    ['a shift by 32 bits', [at(op.alu.lsh, 32), ret(0)], 'shifts by 32'],
    ['a word of memory too many', [at(op.st, 16), ret(0)], 'word 16'],
    ['a word that was never stored', [at(op.ld.mem, 0), ret(0)], 'may not have been stored'],
    [
      'a word that only one branch stored',
      [at(op.jmp.jeq, 0, 0, 1), at(op.st, 0), at(op.ld.mem, 0), ret(0)],
      'Instruction 2',
    ],
    [
      'a word stored before the branch is taken',
      [at(op.st, 0), at(op.jmp.jeq, 0, 0, 1), load(0), at(op.ldx.mem, 0), ret(0)],
      undefined,
    ],
    [
      'a word stored before a jump over other code',
      [at(op.jmp.ja, 1), at(op.st, 0), at(op.ld.mem, 0), ret(0)],
      'Instruction 2',
    ],
    ['a jump behind the end', [at(op.jmp.ja, 1), ret(0)], 'behind the end'],
    ['a conditional jump behind the end', [at(op.jmp.jeq, 0, 0, 1), ret(0)], 'behind the end'],
    ['no return at the end', [ret(0), load(0)], 'does not return'],
  ])('%s', (_, program, reason) =>
    reason === undefined ? expect(refusal(program)).toBeUndefined() : expect(refusal(program)).toContain(reason),
  );

  it('and what it takes, ends', () => {
    const codes = [
      op.ld.abs,
      op.ld.imm,
      op.st,
      op.jmp.ja,
      op.jmp.jeq,
      op.jmp.jgt | withX,
      op.alu.div | withX,
      op.ret.a,
      op.misc.tax,
    ];
    const instruction = fc
      .record({ code: fc.constantFrom(...codes), k: fc.nat(12), jt: fc.nat(9), jf: fc.nat(9) })
      .map((one) => (one.code === op.ld.abs ? { ...one, k: one.k * 4 } : one));
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 12 }), (head) => {
        const program = [...head, ret(action.allow)];
        fc.pre(refusal(program) === undefined);
        expect(run(program, call)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what a return value does', () => {
  it.each<[number, Effect]>([
    [0x7fff0000, { kind: 'allow' }],
    [0x7fff1234, { kind: 'allow' }],
    [0x7ffc0000, { kind: 'log' }],
    [0x7ff00005, { kind: 'trace', data: 5 }],
    [0x7fc00000, { kind: 'notify' }],
    [0x00050000, { kind: 'errno', errno: 0 }],
    [0x00050026, { kind: 'errno', errno: 38 }],
    [0x0005ffff, { kind: 'errno', errno: 4095 }],
    [0x00030007, { kind: 'trap', data: 7 }],
    [0x00000000, { kind: 'kill-thread' }],
    [0x80000000, { kind: 'kill-process' }],
    [0x12340000, { kind: 'kill-process' }],
  ])('0x%s', (value, effect) => expect(effectOf(value)).toEqual(effect));

  it('the strictest of several filters counts', () => {
    const order = [
      action.killProcess,
      action.killThread,
      action.trap,
      action.errno,
      action.notify,
      action.trace,
      action.log,
      action.allow,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (values) =>
        expect(strictest(values)).toBe(order.find((one) => values.includes(one))),
      ),
    );
  });

  it('of equal actions the filter installed last gives the data', () =>
    expect(strictest([action.errno + 2, action.errno + 1])).toBe(action.errno + 2));
});

describe('jumps to labels', () => {
  it('reach over more than 255 instructions', () => {
    const filler = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(filler, filler, fc.boolean(), (first, second, equal) => {
        const near = Symbol('near');
        const far = Symbol('far');
        const pad = (length: number): Line[] => Array.from({ length }, () => ({ code: op.ld.imm, k: 0 }));
        const program = assemble([
          { code: op.ld.abs, k: 0 },
          { code: op.jmp.jeq, k: equal ? 41 : 42, yes: far, no: near },
          ...pad(first),
          { code: op.ret.k, k: 9 },
          { label: near },
          { code: op.jmp.jeq, k: 41, yes: 'next', no: far },
          { code: op.ret.k, k: 1 },
          ...pad(second),
          { label: far },
          { code: op.ret.k, k: 2 },
        ]);
        expect(refusal(program)).toBeUndefined();
        expect(run(program, call)).toBe(equal ? 2 : 1);
      }),
    );
  });

  it('forward and unconditional', () => {
    const end = Symbol('end');
    expect(assemble([{ jump: end }, { code: op.ret.k, k: 0 }, { label: end }, { code: op.ret.k, k: 1 }])).toEqual([
      at(op.jmp.ja, 1),
      ret(0),
      ret(1),
    ]);
  });

  it('backwards are refused', () => {
    const start = Symbol('start');
    expect(() => assemble([{ label: start }, { jump: start }])).toThrow('does not go forward');
  });
});
