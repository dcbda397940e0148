import type { Slo } from './slo-schema.ts';

/** What a load test holds a service to. */
export interface Objectives {
  readonly service: string;
  /** At least this percentage of the requests is answered within so many milliseconds: the p95 when it is 95. */
  readonly latency: { readonly percent: number; readonly atMost: number };
  /** At least this percentage of the requests gets a good answer. */
  readonly good: { readonly percent: number };
}

/** The objectives of a checked document. */
export function objectivesOf({ spec }: Slo): Objectives {
  const latency = spec.objectives.find((one) => one.indicator?.spec.thresholdMetric !== undefined);
  const errors = spec.objectives.find((one) => one.indicator?.spec.ratioMetric !== undefined);
  if (latency?.value === undefined || errors === undefined) throw new Error('the schema let a document through');
  return {
    service: spec.service,
    latency: { percent: percentOf(latency), atMost: latency.value },
    good: { percent: percentOf(errors) },
  };
}

/** 99.9 of `target: 0.999`, without the digits that binary fractions add. */
function percentOf({
  target,
  targetPercent,
}: {
  target?: number | undefined;
  targetPercent?: number | undefined;
}): number {
  return targetPercent ?? Number(((target ?? 0) * 100).toFixed(9));
}
