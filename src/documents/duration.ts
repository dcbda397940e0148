/** Units of time that inputs and documents may use, in milliseconds. */
export const durationUnits = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration as a user writes it in a document: `500ms`, `240s`, `5m`, `2h`, `7d`. */
export const durationPattern = /^(\d{1,9})(ms|s|m|h|d)$/;

/** Milliseconds of a text that matches {@link durationPattern}. */
export function milliseconds(duration: string): number {
  const [, amount, unit] = durationPattern.exec(duration) ?? [];
  return Number(amount) * durationUnits[unit as keyof typeof durationUnits];
}
