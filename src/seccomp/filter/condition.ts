/** Comparisons of a profile, without SCMP_CMP_ (opencontainers/runtime-spec 1.2.1, config-linux.md, "Seccomp"). */
export const comparisons = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'] as const;
export type Comparison = (typeof comparisons)[number];

/** One condition on an argument of a call. */
export interface Condition {
  /** 0 to 5. */
  readonly argument: number;
  readonly compare: Comparison;
  /** Bits that are compared: all of them, but for MASKED_EQ. */
  readonly mask: bigint;
  /** What the argument, or its bits under the mask, is compared with. */
  readonly value: bigint;
}

const allBits = 0xffffffffffffffffn;

/** A condition as profiles write it: of MASKED_EQ the first value is the mask, the second what must remain of the argument. */
export function condition(argument: number, compare: Comparison, value: bigint, valueTwo: bigint): Condition {
  return compare === 'MASKED_EQ'
    ? { argument, compare, mask: value, value: valueTwo }
    : { argument, compare, mask: allBits, value };
}
