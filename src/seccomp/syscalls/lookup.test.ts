import { describe, expect, it } from '@jest/globals';
import { architectureNames, architectureOf, x32Bit, type Architecture } from './architectures.ts';
import { isKnownTo, isSyscall, nameOf, numberKnownTo, numberOf, syscallsOf } from './lookup.ts';

describe('numbers of system calls', () => {
  // Kernel headers: arch/x86/entry/syscalls/*.tbl, include/uapi/asm-generic/unistd.h, arch/arm/tools/syscall.tbl.
  it.each<[string, Architecture, number | undefined]>([
    ['read', 'x86_64', 0],
    ['clone3', 'x86_64', 435],
    ['clone3', 'aarch64', 435],
    ['read', 'i386', 3],
    ['socketcall', 'i386', 102],
    ['socketcall', 'x86_64', undefined],
    ['accept', 'i386', undefined],
    ['read', 'x32', 0x40000000],
    ['execve', 'x32', 0x40000000 + 520],
    ['uselib', 'x32', undefined],
    ['openat', 'aarch64', 56],
    ['open', 'aarch64', undefined],
    ['openat', 'arm', 322],
    ['set_tls', 'arm', 0x0f0005],
    ['arm_sync_file_range', 'arm', 341],
  ])('%s on %s is %p', (name, architecture, number) => expect(numberOf(name, architecture)).toBe(number));

  it('every number leads back to its name', () => {
    for (const architecture of architectureNames)
      for (const [name, number] of syscallsOf(architecture)) expect(nameOf(number, architecture)).toBe(name);
  });
});

it('new and old names are known, those of other architectures too, and no others', () => {
  for (const name of [
    'read',
    'clone3',
    'futex_waitv',
    'mseal',
    '_llseek',
    'statmount',
    'cachectl',
    's390_runtime_instr',
  ])
    expect(isSyscall(name)).toBe(true);
  for (const name of ['', 'Read', '-', 'arch_specific_syscall', 'syscall_mask']) expect(isSyscall(name)).toBe(false);
});

describe('what a release of libseccomp knows', () => {
  it.each([
    ['2.5.4', 'openat2', true],
    ['2.5.4', 'fchmodat2', false],
    ['2.5.5', 'fchmodat2', true],
    ['2.5.5', 'mseal', false],
    ['2.6.0', 'mseal', true],
    ['2.6.0', 'listns', false],
    ['2.6.1', 'listns', true],
    ['2.6.1', 'unused18', false],
  ] as const)('%s knows %s: %p', (release, name, known) => expect(isKnownTo(release, name)).toBe(known));
});

it.each([
  ['2.5.5', 'x32', undefined],
  ['2.5.5', 'x86_64', 453],
  ['2.6.0', 'x32', x32Bit + 453],
] as const)('%s has map_shadow_stack on %s as %p', (release, architecture, number) =>
  expect(numberKnownTo(release, 'map_shadow_stack', architecture)).toBe(number),
);

describe('the architecture of a call', () => {
  it.each<[number, number, Architecture | undefined]>([
    [0xc000003e, 0, 'x86_64'],
    [0xc000003e, 0x40000000, 'x32'],
    [0xc000003e, 0xffffffff, 'x86_64'],
    [0x40000003, 102, 'i386'],
    [0xc00000b7, 56, 'aarch64'],
    [0x40000028, 322, 'arm'],
    [0x16, 1, undefined],
  ])('audit %p, number %p: %p', (audit, number, architecture) =>
    expect(architectureOf(audit, number)).toBe(architecture),
  );
});
