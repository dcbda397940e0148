/**
 * Replaces secrets by `***`, in the forms in which the runner does: as they are, each of their lines, and encoded
 * (actions/runner, ValueEncoders.cs and SecretMasker.cs). Matches that overlap are replaced as one, so that no rest of a
 * secret is left between them.
 */
export class Masker {
  readonly #forms = new Set<string>();
  #longest = 0;

  /** Registers a secret; it is masked in everything that is masked from now on. */
  add(secret: string): void {
    const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
    for (const value of [secret, secret.trim(), ...lines]) {
      if (value === '') continue;
      for (const form of formsOf(value)) {
        this.#forms.add(form);
        this.#longest = Math.max(this.#longest, form.length);
      }
    }
  }

  /** Length in UTF-16 units of the longest text that is replaced; 0 without secrets. */
  get longest(): number {
    return this.#longest;
  }

  mask(text: string): string {
    let masked = '';
    let at = 0;
    for (const [start, end] of this.#ranges(text)) {
      masked += `${text.slice(at, start)}***`;
      at = end;
    }
    return masked + text.slice(at);
  }

  /** Whether something in a text would be masked. */
  hides(text: string): boolean {
    return this.#ranges(text).length > 0;
  }

  /** Where secrets stand, first first, those that touch or overlap as one. */
  #ranges(text: string): [number, number][] {
    const found: [number, number][] = [];
    for (const form of this.#forms)
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
    const merged: [number, number][] = [];
    for (const [start, end] of found.sort(([a], [b]) => a - b)) {
      const last = merged.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }
}

/** The runner's encoders, less those for PowerShell. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  // Inside a longer text that is encoded as a whole, a value may start one or two bytes into a group of three.
  const shifted = [1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64'));
  const unquoted = value.length > 8 && value.startsWith('"') && value.endsWith('"') ? [value.slice(1, -1)] : [];
  return [
    value,
    bytes.toString('base64'),
    ...shifted,
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    escapeXml(value),
    ...unquoted,
  ];
}

function escapeXml(value: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return value.replace(/["&'<>]/g, (character) => entities[character] ?? character);
}
