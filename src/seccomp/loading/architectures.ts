import { architectureNames, architectures, type Architecture } from '../syscalls/architectures.ts';
import { RefusedError, type Environment } from './profile.ts';

const bigEndian = ['MIPS', 'MIPS64', 'MIPS64N32', 'PPC', 'PPC64', 'S390', 'S390X'];
const littleEndian = ['X86', 'X86_64', 'X32', 'ARM', 'AARCH64', 'MIPSEL', 'MIPSEL64', 'MIPSEL64N32', 'PPC64LE'];
/** What libseccomp resolves beyond that, for crun; the last ones since 2.6. */
const crunBigEndian = ['PARISC', 'PARISC64'];
const since26 = { bigEndian: ['M68K', 'SHEB'], littleEndian: ['LOONGARCH64', 'SH'] };

/**
 * The architectures that a profile's list adds to the machine's own; those that the model does not evaluate are left out.
 * @param own whether to keep the machine's own where the list names it
 * @throws RefusedError for a name that the runtime does not know, and for one of the other byte order (EDOM of libseccomp)
 */
export function furtherArchitectures(listed: readonly string[], environment: Environment, own = false): Architecture[] {
  const isCrun = environment.runtime.startsWith('crun');
  const is26 = environment.libseccomp.startsWith('2.6');
  const known = {
    big: [...bigEndian, ...(isCrun ? [...crunBigEndian, ...(is26 ? since26.bigEndian : [])] : [])],
    little: [
      ...littleEndian,
      ...(environment.runtime === 'runc 1.1.5' ? [] : ['RISCV64']),
      ...(isCrun ? ['NATIVE', ...(is26 ? since26.littleEndian : [])] : []),
    ],
  };
  const names = listed.map((written) => {
    // crun takes the name in any case and without its prefix.
    const prefixed = written.startsWith('SCMP_ARCH_');
    const bare = prefixed ? written.slice('SCMP_ARCH_'.length) : written;
    const name = isCrun ? bare.toUpperCase() : bare;
    if ((!prefixed && !isCrun) || ![...known.big, ...known.little].includes(name))
      throw new RefusedError(`${environment.runtime} does not know the architecture \`${written}\`.`);
    if (known.big.includes(name)) throw new RefusedError(`\`${written}\` has another byte order than the machine.`);
    return `SCMP_ARCH_${name}`;
  });
  return architectureNames.filter(
    (name) => names.includes(architectures[name].scmp) && (own || name !== environment.host),
  );
}
