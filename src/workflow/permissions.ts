import type { Place } from './problem.ts';

/** What the token of a job may do in one area, least first. */
export const levels = ['none', 'read', 'write'] as const;
export type Level = (typeof levels)[number];

/** Levels by area, such as `contents`. An area that is not named is `none`. */
export type Permissions = ReadonlyMap<string, Level>;

/** A `permissions` block where it stands. */
export interface PermissionsBlock extends Place {
  readonly levels: Permissions;
}

/** What a token may do in a repository with restricted default permissions (docs.github.com, "Permissions for the GITHUB_TOKEN"). */
export const restrictedPermissions: Permissions = new Map([
  ['contents', 'read'],
  ['packages', 'read'],
]);

/** What is asked for beyond what is granted: for each area the level asked for and the one that is allowed. */
export function elevations(asked: Permissions, granted: Permissions): { area: string; asked: Level; allowed: Level }[] {
  return [...asked].flatMap(([area, level]) => {
    const allowed = granted.get(area) ?? 'none';
    return levels.indexOf(level) > levels.indexOf(allowed) ? [{ area, asked: level, allowed }] : [];
  });
}

/** The permissions with every write lowered to read, and no identity token: what a pull request from a fork gets. */
export function readOnly(permissions: Permissions): Permissions {
  return new Map(
    [...permissions].map(([area, level]) => [area, area === 'id-token' || level === 'none' ? 'none' : 'read']),
  );
}
