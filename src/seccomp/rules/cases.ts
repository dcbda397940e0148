import type { Case } from './profile-rule.ts';

/** `docker and podman`, `containerd on aarch64`, `docker with CAP_SYS_ADMIN`: which of all cases these are, in as few words as they need. */
export function casesText(some: readonly Case[], all: readonly Case[]): string {
  const targets = [...new Set(some.map(({ target }) => target))];
  const groups = new Map<string, string[]>();
  for (const target of targets) {
    const where = differenceOf(
      some.filter((one) => one.target === target),
      all.filter((one) => one.target === target),
    );
    groups.set(where, [...(groups.get(where) ?? []), target]);
  }
  return [...groups].map(([where, names]) => `${joined(names)}${where}`).join('; ');
}

/** What sets the cases of one target apart from all of it: hosts, and capabilities that a service adds. */
function differenceOf(some: readonly Case[], all: readonly Case[]): string {
  const part = (textOf: (one: Case) => string): string => {
    const texts = [...new Set(some.map(textOf))];
    return texts.length === new Set(all.map(textOf)).size ? '' : joined(texts);
  };
  const hosts = part(({ environment: { host } }) => host);
  const capabilities = part(capabilitiesText);
  return `${hosts === '' ? '' : ` on ${hosts}`}${capabilities === '' ? '' : ` ${capabilities}`}`;
}

function capabilitiesText({ environment: { capabilities } }: Case): string {
  return capabilities.size === 0 ? 'without added capabilities' : `with ${joined([...capabilities].sort())}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
