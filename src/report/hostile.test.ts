import { describe, expect, it } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { hostileTexts, secret } from '../../test/support/hostile.ts';
import { annotationLimits, renderAnnotations } from './annotations.ts';
import { renderStatements, type GateRun } from './evidence.ts';
import { reportSchema } from './json-schema.ts';
import { html } from './html.ts';
import { renderJson } from './json.ts';
import { renderLog } from './log.ts';
import { renderMarkdown } from './markdown.ts';
import { maskFor, maskReport, secretForms } from './mask.ts';
import { conclude, type Report } from './report.ts';
import type { Rule } from './rule.ts';
import { renderSarif } from './sarif.ts';
import { visible } from './text.ts';

/** A report that shows the same hostile text everywhere a text can stand. */
function hostileReport(text: string): Report {
  const rule: Rule = { id: 'test/rule', title: text, why: text, fix: text, outcome: 'fail' };
  const report = conclude({
    examined: { count: 1, what: text },
    findings: [{ rule, message: text, fix: text, place: { file: text, line: 3, column: 4, resource: text } }],
    passed: text,
    measurements: [{ name: text, value: 1, unit: text, limit: { atMost: 2 } }],
    sections: [{ title: text, columns: [text, 'b'], rows: [[text, 1]] }],
    subjects: [{ name: text, digest: { sha256: 'a'.repeat(64) } }],
    policy: { uri: text, sha256: 'b'.repeat(64) },
    programs: [{ name: text, version: text, sha256: 'c'.repeat(64), origin: 'release' }],
    outputs: { text },
  });
  return maskReport(report, maskFor([secret]));
}

const run: GateRun = {
  gate: 'test',
  verifier: 'https://example.test/gate@1',
  mode: 'enforce',
  finishedOn: '2026-01-01T00:00:00Z',
  url: '',
};
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Text of an HTML fragment, with the zero-width space that keeps mentions apart taken out. */
function textOfHtml(html: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&', '&#39;': "'" };
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? entity)
    .replaceAll('\u200b', '');
}

describe.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))('hostile text %s', (_, text) => {
  const report = hostileReport(text);

  it('stays one line without a workflow command in the log', () => {
    const lines = renderLog(report);
    expect(lines).not.toHaveLength(0);
    for (const line of lines) {
      expect(line).not.toMatch(invisible);
      expect(line.trim().startsWith('::')).toBe(false);
      expect(line).not.toContain('##[');
    }
  });

  it('stays inside the limits and one line in annotations', () => {
    const annotations = renderAnnotations(report);
    expect(annotations).not.toHaveLength(0);
    for (const { title, message, file } of annotations) {
      for (const part of [title, message, file ?? '']) expect(part).not.toMatch(invisible);
      expect(title.length).toBeLessThanOrEqual(annotationLimits.title);
      expect(message.length).toBeLessThanOrEqual(annotationLimits.message);
    }
  });

  it('shows itself and nothing else as Markdown', () => {
    const masked = maskFor([secret])(text);
    const html = micromark(renderMarkdown(report, masked), {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    });
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    const ours = [
      'br',
      'code',
      'em',
      'h2',
      'h3',
      'li',
      'p',
      'strong',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
      'ul',
    ];
    expect(tags.map(([, name]) => name).filter((name) => !ours.includes(name ?? ''))).toEqual([]);
    expect(tags.filter(([, , attributes]) => attributes?.trim())).toEqual([]);
    expect(html).not.toMatch(/@(?=\w)/);
    const shown = visible(masked).toWellFormed().replace(/\s+/g, ' ').trim();
    const heading = /<h2>([^]*?)<\/h2>/.exec(html)?.[1] ?? '';
    expect(textOfHtml(heading).replace(/\s+/g, ' ').trim()).toBe(shown);
  });

  it('shows itself and nothing else as HTML, in text and in an attribute', () => {
    const page = html`<p title="${text}">${text}</p>`.text;
    expect(page).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
    expect(page).not.toMatch(invisible);
    expect(textOfHtml(page)).toBe(visible(text));
  });

  it('comes back unchanged from JSON, SARIF and evidence', () => {
    const masked = maskFor([secret])(text);
    const json = reportSchema.parse(JSON.parse(renderJson(report, 'test')));
    expect(json.findings[0]?.message).toBe(masked);
    const sarif = JSON.parse(renderSarif(report, 'test', '1', 'https://example.test')) as {
      runs: { results: unknown[] }[];
    };
    expect(sarif.runs[0]?.results).toHaveLength(1);
    const [statement] = renderStatements(report, run, true);
    expect((JSON.parse(JSON.stringify(statement)) as typeof statement)?.subject[0]?.name).toBe(masked);
  });

  it('leaks no secret anywhere', () => {
    const everything = [
      ...renderLog(report),
      ...renderAnnotations(report).flatMap(({ title, message, file }) => [title, message, file ?? '']),
      renderMarkdown(report, 'title'),
      renderJson(report, 'test'),
      renderSarif(report, 'test', '1', 'https://example.test'),
      JSON.stringify(renderStatements(report, run, true)),
    ].join('\n');
    for (const form of secretForms(secret)) expect(everything.includes(form)).toBe(false);
  });
});
