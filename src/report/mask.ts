import type { Report } from './report.ts';

/** Replaces what must not be shown. */
export type Mask = (text: string) => string;

/** Shorter values would blank out innocent text; the runner itself still masks them in the log. */
const shortestMasked = 4;

/**
 * The forms in which a secret shows up: itself, each of its lines, trimmed, as a JSON string, in base64 and URL
 * encoding. The same list is given to the runner, so that log and files agree.
 */
export function secretForms(secret: string): string[] {
  const values = [secret, ...secret.split(/\r?\n/), secret.trim()];
  const forms = values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64'),
    Buffer.from(value).toString('base64url'),
    encodeURIComponent(value.toWellFormed()),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= shortestMasked);
}

/** A mask for all forms of the secrets; the longest match wins, so that no tail of a secret is left over. */
export function maskFor(secrets: Iterable<string>): Mask {
  const forms = [...secrets].flatMap(secretForms).sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|'), 'g');
  return (text) => text.replace(pattern, '***');
}

/** The report with every text masked, keys included. It is masked once, before the first renderer sees it. */
export function maskReport(report: Report, mask: Mask): Report {
  return maskValue(report, mask) as Report;
}

function maskValue(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskValue(item, mask)]));
}
