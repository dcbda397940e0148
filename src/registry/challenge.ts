/** One way in which a server wants to be shown who asks (RFC 9110, section 11). Parameter names are lower case. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

const parameter = String.raw`[A-Za-z][\w-]*\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)`;
const challengePattern = new RegExp(`(?:^|,)\\s*([A-Za-z]+)(?:\\s+(${parameter}(?:\\s*,\\s*${parameter})*))?`, 'g');
const parameterPattern = /([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** The challenges of a `WWW-Authenticate` header that a registry client can answer; others are left out. */
export function parseChallenges(header: string): Challenge[] {
  return [...header.matchAll(challengePattern)].flatMap(([, name = '', list = '']) => {
    const scheme = name.toLowerCase();
    return scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters: parametersOf(list) }] : [];
  });
}

function parametersOf(list: string): Record<string, string> {
  const pairs = [...list.matchAll(parameterPattern)].map(([, name = '', quoted, plain]) => [
    name.toLowerCase(),
    quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
