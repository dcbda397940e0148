import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { html, trusted, type Html } from '../report/html.ts';
import { secondsOf, type Conclusion, type JobResult, type RunResult, type StepResult } from '../workflow/result.ts';
import type { GateReport } from './gates.ts';

/** One workflow run of a local run. */
export interface ShownRun {
  /** What set it off: `pull_request`, `push`. */
  readonly event: string;
  readonly result: RunResult;
}

/** A number beside its limit. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly limit: string;
  readonly met: boolean;
}

/** Something that stands in for what GitHub or a cloud would be. */
export interface ShownStandIn {
  readonly part: string;
  readonly onGitHub: string;
  readonly here: string;
}

/** A signed statement about the image. */
export interface ShownEvidence {
  readonly predicateType: string;
  readonly signer: string;
  readonly signedAt: string;
  readonly referrer: string;
}

export interface LocalRunPage {
  readonly title: string;
  readonly passed: boolean;
  readonly sentence: string;
  readonly runs: readonly ShownRun[];
  readonly gates: readonly GateReport[];
  readonly figures: readonly Figure[];
  readonly standIns: readonly ShownStandIn[];
  readonly image: string | undefined;
  readonly evidence: readonly ShownEvidence[];
}

const marks: Record<Conclusion | 'startup_failure', string> = {
  success: '✓',
  failure: '✗',
  cancelled: '⊘',
  skipped: '–',
  startup_failure: '✗',
};
const lineBreak = trusted('\n');
/** A page is read by a person; whoever needs all lines has the log files. */
const shownLines = 400;

/** The whole local run as one HTML file that loads nothing and runs nothing. */
export function renderPage(page: LocalRunPage): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${page.title}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <h1 class="${page.passed ? 'success' : 'failure'}">${page.title}: ${page.sentence}</h1>
        ${table('Verdicts', ['', 'Gate', 'Job', 'What it says'], page.gates.map(gateRow))}
        ${table('Figures beside the goals', ['What', 'Measured', 'Goal', ''], page.figures.map(figureRow))}
        ${page.runs.map(runPart)}
        ${table('Evidence of the image', ['Predicate type', 'Signed by', 'At', 'Referrer'], page.evidence.map(evidenceRow), page.image ?? 'None was built and signed.')}
        ${table('Stand-ins: what is not the real thing here', ['Part', 'On GitHub', 'Here'], page.standIns.map(standInRow))}
      </body>
    </html> `.text;
}

function table(title: string, columns: readonly string[], rows: readonly Html[], caption = ''): Html {
  return html`<section>
    <h2>${title}</h2>
    ${caption === '' ? [] : html`<p><code>${caption}</code></p>`}
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th>${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function gateRow({ job, report: { gate, verdict, headline } }: GateReport): Html {
  return html`<tr>
    <td class="${verdict === 'pass' ? 'success' : 'failure'}">${verdict}</td>
    <td>${gate}</td>
    <td>${job}</td>
    <td>${headline}</td>
  </tr>`;
}

function figureRow({ name, value, limit, met }: Figure): Html {
  return html`<tr>
    <td>${name}</td>
    <td>${value}</td>
    <td>${limit}</td>
    <td class="${met ? 'success' : 'failure'}">${met ? '✓' : '✗'}</td>
  </tr>`;
}

function evidenceRow({ predicateType, signer, signedAt, referrer }: ShownEvidence): Html {
  return html`<tr>
    <td><code>${predicateType}</code></td>
    <td><code>${signer}</code></td>
    <td>${signedAt}</td>
    <td><code>${referrer}</code></td>
  </tr>`;
}

function standInRow({ part, onGitHub, here }: ShownStandIn): Html {
  return html`<tr>
    <td>${part}</td>
    <td>${onGitHub}</td>
    <td>${here}</td>
  </tr>`;
}

function runPart({ event, result }: ShownRun): Html {
  return html`<section>
    <h2 class="${result.conclusion}">${marks[result.conclusion]} ${event}</h2>
    ${result.problems.map(({ file, line, message }) => html`<p class="failure">${file}:${line}: ${message}</p>`)}
    <table>
      <thead>
        <tr>
          <th></th>
          <th>Job</th>
          <th>Seconds</th>
          <th>Environment</th>
        </tr>
      </thead>
      <tbody>
        ${result.jobs.map(jobRow)}
      </tbody>
    </table>
    ${result.jobs.filter(({ steps }) => steps.length > 0).map(jobPart)}
  </section>`;
}

function jobRow(job: JobResult): Html {
  return html`<tr>
    <td class="${job.conclusion}">${marks[job.conclusion]}</td>
    <td>${job.name}</td>
    <td>${secondsOf(job)}</td>
    <td>${job.environment?.name ?? ''}</td>
  </tr>`;
}

function jobPart(job: JobResult): Html {
  const open = job.conclusion === 'failure' ? trusted(' open') : trusted('');
  const summaries = job.steps.filter(({ summary }) => summary !== '').map(({ summary }) => renderSummary(summary));
  return html`<details${open}><summary class="${job.conclusion}">${marks[job.conclusion]} ${job.name}</summary>
<div class="summaries">${summaries}</div>
${job.steps.map(stepPart)}</details>`;
}

function stepPart(step: StepResult): Html {
  const open = step.outcome === 'failure' ? trusted(' open') : trusted('');
  const first = Math.max(0, step.lines.length - shownLines);
  const cut = first > 0 ? html`… ${first} lines before${lineBreak}` : '';
  const annotations = step.annotations.map(({ type, title, message, file, line }) => {
    const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`;
    return html`<li class="${type}">${title ?? type}${place}: ${message}</li>`;
  });
  return html`<details${open} class="step"><summary class="${step.outcome}">${marks[step.outcome]} ${step.name} <small>${step.seconds.toFixed(1)} s</small></summary>
<ul>${annotations}</ul><pre>${cut}${step.lines.slice(first).map((line) => html`${line}${lineBreak}`)}</pre></details>`;
}

/** A step summary: Markdown whose HTML is shown as text, but for the two tags that our own summaries use. */
export function renderSummary(markdown: string): Html {
  const safe = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return trusted(safe.replace(/&lt;(br|\/?code)&gt;/g, '<$1>'));
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; }
table { border-collapse: collapse; margin: 0.5rem 0; } td, th { border: 1px solid #d1d9e0; padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; }
pre { background: #f6f8fa; padding: 0.75rem; overflow-x: auto; font-size: 13px; max-height: 30rem; } code { font-size: 13px; overflow-wrap: anywhere; }
details { margin: 0.25rem 0; } .step { margin-left: 1.25rem; } summary { cursor: pointer; }
.success { color: #1a7f37; } .failure, .startup_failure, .error { color: #d1242f; } .cancelled, .warning { color: #9a6700; } .skipped, .notice { color: #59636e; }
small { color: #59636e; }
`;
