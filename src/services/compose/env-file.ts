import { substitute } from './substitute.ts';

const assignment = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)$/;

/**
 * Reads an `.env` file as Compose does ("Syntax for environment files" in Docker's documentation): one `NAME=value` a line, `#` comments, single quotes keep the text,
 * double quotes may span lines and know escapes; `$NAME` takes values from above. Lines that are no assignment are left out.
 * @param known variables from elsewhere, which values may use
 */
export function readEnvFile(text: string, known: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map<string, string>();
  const fill = (value: string): string => substitute(value, new Map([...values, ...known])).text;
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (let number = 0; number < lines.length; number++) {
    const [, name, rest = ''] = assignment.exec(lines[number] ?? '') ?? [];
    if (name === undefined) continue;
    const quote = rest.charAt(0);
    if (quote !== '"' && quote !== "'") {
      values.set(name, fill(rest.replace(/(?:^|\s)#.*$/, '').trimEnd()));
      continue;
    }
    let quoted = rest.slice(1);
    let end = closingQuote(quoted, quote);
    for (; end === -1 && number + 1 < lines.length; end = closingQuote(quoted, quote)) quoted += `\n${lines[++number]}`;
    const value = end === -1 ? quoted : quoted.slice(0, end);
    values.set(name, quote === '"' ? fill(unescaped(value)) : value.replaceAll("\\'", "'"));
  }
  return values;
}

function closingQuote(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) return at;
  }
  return -1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', $: '$$' };

function unescaped(text: string): string {
  return text.replace(
    /\\(.)/gs,
    (written, character: string) => escapes[character] ?? (/["'\\]/.test(character) ? character : written),
  );
}
