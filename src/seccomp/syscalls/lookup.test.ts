import { describe, expect, it } from '@jest/globals';
import { syscallNames } from '../syscall-names.ts';
import { architectureNames, architectureOf, type Architecture } from './architectures.ts';
import { isKnownTo, nameOf, numberOf, syscallsOf } from './lookup.ts';

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

  it('every numbered name is one that profiles may use', () => {
    for (const architecture of architectureNames)
      for (const name of syscallsOf(architecture).keys()) expect(syscallNames.has(name)).toBe(true);
  });
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
