/** What a `uses:` names. */
export type Parsed =
  /** `$/path`: the repository and commit of the file that says so. */
  | { readonly kind: 'same'; readonly path: string }
  | { readonly kind: 'remote'; readonly repository: string; readonly path: string; readonly ref: string }
  /** `./path` */
  | { readonly kind: 'local'; readonly path: string };

/**
 * Parses `$/path`, `./path` and `owner/name[/path]@ref`.
 * @throws Error with what is wrong
 */
export function parseReference(text: string): Parsed {
  if (text.startsWith('docker://')) throw new Error('`docker://` is not supported: there is no container engine.');
  if (/(?:^|\/)\.\.(?:\/|$)/.test(text)) throw new Error('A path with `..` is not supported.');
  if (text.startsWith('$/')) {
    if (text.includes('@')) throw new Error('`$/` takes no `@ref`: it is the commit of the file that says it.');
    return { kind: 'same', path: text.slice(2) };
  }
  if (text.startsWith('./')) return { kind: 'local', path: text.slice(2) };
  const match = /^(?<repository>[\w.-]+\/[\w.-]+)(?:\/(?<path>[^@]+))?@(?<ref>.+)$/.exec(text);
  if (match?.groups === undefined) throw new Error(`\`${text}\` is none of \`$/path\`, \`owner/name/path@ref\`.`);
  const { repository = '', path = '', ref = '' } = match.groups;
  return { kind: 'remote', repository, path, ref };
}

/** A ref without `refs/heads/` or `refs/tags/`; any other stays as it is. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}
