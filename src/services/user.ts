import type { User } from './service.ts';

/** A user as Docker takes it: `uid`, `uid:gid`, or names; `root` is 0 everywhere. */
export function userOf(text: string): User {
  const [user = '', group] = text.split(':');
  return { uid: idOf(user), gid: group === undefined ? undefined : idOf(group), text };
}

function idOf(name: string): number | undefined {
  if (name === 'root') return 0;
  return /^\d{1,10}$/.test(name) ? Number(name) : undefined;
}
