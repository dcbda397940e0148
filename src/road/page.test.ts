import { describe, expect, it } from '@jest/globals';
import { hostileTexts } from '../../test/support/hostile.ts';
import { visible } from '../report/text.ts';
import type { StepResult } from '../workflow/result.ts';
import type { GateReport } from './gates.ts';
import { renderPage, renderSummary, type LocalRunPage } from './page.ts';

const reportOf = (text: string): GateReport['report'] => ({
  version: 1,
  gate: text,
  verdict: 'pass',
  headline: text,
  findings: [],
  measurements: [],
  sections: [],
  subjects: [],
  programs: [],
  outputs: {},
});

const pageWith = (text: string, step: Partial<StepResult> = {}): LocalRunPage => ({
  title: text,
  passed: true,
  sentence: text,
  gates: [{ job: text, report: reportOf(text) }],
  figures: [{ name: text, value: text, limit: text, met: true }],
  standIns: [{ part: text, onGitHub: text, here: text }],
  image: text,
  evidence: [{ predicateType: text, signer: text, signedAt: text, referrer: text }],
  runs: [
    {
      event: text,
      result: {
        conclusion: 'success',
        problems: [],
        standIns: [],
        annotations: [],
        sources: [],
        jobs: [
          {
            id: 'a',
            name: text,
            conclusion: 'success',
            startedOn: '2026-01-01T00:00:00Z',
            finishedOn: '2026-01-01T00:00:02.5Z',
            outputs: {},
            environment: { name: text, url: text },
            standIns: [],
            steps: [
              {
                name: text,
                phase: 'main',
                outcome: 'success',
                conclusion: 'success',
                lines: [text],
                annotations: [{ type: 'error', message: text, title: text, file: text, line: 1 }],
                summary: text,
                outputs: {},
                seconds: 1,
                ...step,
              },
            ],
          },
        ],
      },
    },
  ],
});

describe('the page', () => {
  it.each(hostileTexts.map((text) => [visible(text).slice(0, 40), text]))(
    'holds no script, link or image for %s',
    (_, text) => {
      const page = renderPage(pageWith(text, { summary: '' }));
      const tags = [...page.matchAll(/<([a-z0-9]+)[\s>]/g)].map(([, name]) => name);
      const ours = [
        'html',
        'head',
        'meta',
        'title',
        'style',
        'body',
        'h1',
        'h2',
        'section',
        'p',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
      ];
      expect(
        tags.filter(
          (name) => ![...ours, 'details', 'summary', 'div', 'ul', 'li', 'pre', 'code', 'small'].includes(name ?? ''),
        ),
      ).toEqual([]);
    },
  );

  it('shows the summaries of steps as Markdown, and their HTML as text', () => {
    expect(renderSummary('| a |\n| --- |\n| <code>x</code><br>y |\n').text).toContain('<td><code>x</code><br>y</td>');
    const hostile = renderSummary(
      '<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))',
    ).text;
    expect(hostile).not.toMatch(/<script|<img|href="javascript/);
  });

  it('says how long a job took, and shows the end of a long log', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `line ${index}`);
    const page = renderPage(pageWith('x', { lines }));
    expect(page).toContain('<td>2.5</td>');
    expect(page).toContain('… 600 lines before');
    expect(page).toContain('line 999');
    expect(page).not.toContain('line 599\n');
  });
});
