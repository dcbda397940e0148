import type { Permissions } from './operations.ts';

/** One job of a workflow run, as the forge knows it. */
export interface Job {
  /**
   * What its identity token says (docs.github.com, "OpenID Connect reference"), without what the issuer adds. The forge
   * itself reads `repository`, `repository_owner` and `sha`.
   */
  readonly claims: Readonly<Record<string, string>>;
  /** What its token may do, as the workflow's `permissions` say it. */
  readonly permissions: Permissions;
}

/** `owner/name`. */
export function repositoryOf({ claims }: Job): string {
  return claims.repository ?? '';
}
