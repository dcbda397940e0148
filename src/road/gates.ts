import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { reportSchema } from '../report/json-schema.ts';
import type { RunResult } from '../workflow/result.ts';

/** What one gate of a run reported. */
export interface GateReport {
  /** Job that it ran in, such as `release/staging/deploy`. */
  readonly job: string;
  readonly report: z.infer<typeof reportSchema>;
}

/** The reports of every gate that ran to its end, in the order of the jobs and steps. */
export async function gateReports({ jobs }: RunResult): Promise<GateReport[]> {
  const reports: GateReport[] = [];
  for (const { id, steps } of jobs) {
    for (const { outputs } of steps) {
      if (outputs.verdict === undefined || outputs.report === undefined) continue;
      reports.push({ job: id, report: reportSchema.parse(JSON.parse(await readFile(outputs.report, 'utf8'))) });
    }
  }
  return reports;
}
