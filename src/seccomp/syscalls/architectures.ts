/** What a seccomp filter sees of the architectures that the model evaluates. */
export type Architecture = 'x86_64' | 'i386' | 'x32' | 'aarch64' | 'arm';

/** Architectures a machine can be; x32 is only ever a second one beside x86_64. */
export type Host = Exclude<Architecture, 'x32'>;

interface ArchitectureFacts {
  /** `arch` of struct seccomp_data: AUDIT_ARCH_* of include/uapi/linux/audit.h. x32 shares that of x86_64. */
  readonly audit: number;
  /** Whether libseccomp compares both halves of an argument; of x32, a 32-bit ABI, it compares the lower one. */
  readonly wide: boolean;
  /** Name in a profile's `architectures` and `archMap`. */
  readonly scmp: string;
  /** Name in `includes.arches` and `excludes.arches`, as libseccomp-golang prints it. */
  readonly goName: string;
}

export const architectures: Readonly<Record<Architecture, ArchitectureFacts>> = {
  x86_64: { audit: 0xc000003e, wide: true, scmp: 'SCMP_ARCH_X86_64', goName: 'amd64' },
  i386: { audit: 0x40000003, wide: false, scmp: 'SCMP_ARCH_X86', goName: 'x86' },
  x32: { audit: 0xc000003e, wide: false, scmp: 'SCMP_ARCH_X32', goName: 'x32' },
  aarch64: { audit: 0xc00000b7, wide: true, scmp: 'SCMP_ARCH_AARCH64', goName: 'arm64' },
  arm: { audit: 0x40000028, wide: false, scmp: 'SCMP_ARCH_ARM', goName: 'arm' },
};

/** Conventions by which a program on a machine can call its kernel. */
export const conventionsOf: Readonly<Record<Host, readonly Architecture[]>> = {
  x86_64: ['x86_64', 'i386', 'x32'],
  i386: ['i386'],
  aarch64: ['aarch64', 'arm'],
  arm: ['arm'],
};

export const architectureNames = Object.keys(architectures) as Architecture[];

/** Bit of a call's number that makes it a call of x32 (__X32_SYSCALL_BIT of arch/x86/include/uapi/asm/unistd.h). */
export const x32Bit = 0x40000000;

/** The architecture of a call as the kernel tells it: x32 and x86_64 differ only in a bit of the number. */
export function architectureOf(audit: number, number: number): Architecture | undefined {
  const named = architectureNames.find((name) => architectures[name].audit === audit);
  return named === 'x86_64' && (number & x32Bit) !== 0 && number !== 0xffffffff ? 'x32' : named;
}
