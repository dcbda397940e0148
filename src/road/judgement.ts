import type { RunResult } from '../workflow/result.ts';
import { servesOnly } from './arrival.ts';
import type { GateReport } from './gates.ts';
import type { Journey } from './journey.ts';
import type { Figure } from './page.ts';

/** What the whole way may take (seconds) with every program in place. */
const budget = 180;
/** What the service level objective of 99.9 % leaves (percent). */
const maxBadRequests = 0.1;

/** What a journey comes to. */
export interface Judgement {
  readonly passed: boolean;
  /** For a person. */
  readonly sentence: string;
  /** Everything that was held against a limit; a figure beside its goal decides nothing here, the gates do. */
  readonly figures: readonly Figure[];
}

/** A journey has passed when every job succeeded and every stage serves the digest that was signed, and nothing else. */
export function judge({ runs, gates, seconds, requests, image, stages, evidence }: Journey): Judgement {
  const digest = image?.split('@')[1] ?? '';
  const failed = runs.flatMap(({ result }) => failures(result));
  const wrong = Object.entries(stages).flatMap(([name, serving]) => (servesOnly(digest, serving) ? [] : [name]));
  const passed = failed.length === 0 && wrong.length === 0;
  return {
    passed,
    sentence:
      failed.length > 0
        ? `stopped at ${failed.join(', ')}`
        : wrong.length > 0
          ? `the image that was signed is not all that ${wrong.join(' and ')} serves`
          : `${digest.slice(0, 'sha256:'.length + 12)} went from pull request to production in ${Math.round(seconds)} s`,
    figures: [
      ...gates.flatMap(figuresOf),
      requestsFigure(requests),
      ...(image === undefined ? [] : [statementsFigure(evidence.length)]),
      // A way that was not gone to its end has no time.
      ...(passed ? [timeFigure(seconds)] : []),
    ],
  };
}

/** Jobs that failed, without those that only sum others up, or why nothing ran. */
function failures({ conclusion, problems, jobs }: RunResult): string[] {
  if (conclusion === 'success') return [];
  const first = problems[0];
  if (first !== undefined) return [`${first.file}:${first.line}: ${first.message}`];
  const failed = jobs.filter((job) => job.conclusion === 'failure' || job.conclusion === 'cancelled');
  const roots = failed.filter(({ id }) => !id.endsWith('/result'));
  return (roots.length > 0 ? roots : failed).map(({ name }) => name);
}

/** Every number that a gate has held against a limit. */
function figuresOf({ job, report }: GateReport): Figure[] {
  return report.measurements.flatMap(({ name, value, unit, limit }) => {
    if (limit === undefined) return [];
    const isMost = 'atMost' in limit;
    const bound = isMost ? limit.atMost : limit.atLeast;
    return [
      {
        name: `${report.gate} in ${job}: ${name}`,
        value: `${value} ${unit}`,
        limit: `${isMost ? 'at most' : 'at least'} ${bound} ${unit}`,
        met: isMost ? value <= bound : value >= bound,
      },
    ];
  });
}

function requestsFigure({ good, bad }: Journey['requests']): Figure {
  const share = (100 * bad) / Math.max(1, good + bad);
  return {
    name: `requests of users answered badly, of ${good + bad}`,
    value: `${share.toFixed(2)} %`,
    limit: `at most ${maxBadRequests} %`,
    met: good > 0 && share <= maxBadRequests,
  };
}

function statementsFigure(statements: number): Figure {
  const name = 'signed statements about the image';
  return { name, value: String(statements), limit: 'at least 1', met: statements > 0 };
}

function timeFigure(seconds: number): Figure {
  return {
    name: 'pull request to production',
    value: `${seconds.toFixed(1)} s`,
    limit: `at most ${budget} s`,
    met: seconds <= budget,
  };
}
