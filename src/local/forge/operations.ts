/** What a job's token may do, as a workflow's `permissions` say it. */
export type Access = 'read' | 'write';
export type Permissions = Readonly<Record<string, Access | 'none'>>;

/**
 * The operations that the local forge answers, by their id in GitHub's OpenAPI description, each with the permission
 * that a job's token needs (docs.github.com, "Permissions required for fine-grained personal access tokens").
 * After a change here run scripts/update-github-openapi.ts.
 */
export const forgeOperations = {
  'repos/create-deployment': { scope: 'deployments', access: 'write' },
  'repos/list-deployments': { scope: 'deployments', access: 'read' },
  'repos/get-deployment': { scope: 'deployments', access: 'read' },
  'repos/create-deployment-status': { scope: 'deployments', access: 'write' },
  'repos/list-deployment-statuses': { scope: 'deployments', access: 'read' },
  'repos/get-all-environments': { scope: 'actions', access: 'read' },
  'repos/get-environment': { scope: 'actions', access: 'read' },
  'checks/create': { scope: 'checks', access: 'write' },
  'checks/get': { scope: 'checks', access: 'read' },
  'checks/list-for-ref': { scope: 'checks', access: 'read' },
} as const satisfies Record<string, { scope: string; access: Access }>;

export type ForgeOperation = keyof typeof forgeOperations;

/** Whether a token with these permissions may do it; write includes read. */
export function mayDo(permissions: Permissions, operation: ForgeOperation): boolean {
  const { scope, access } = forgeOperations[operation];
  const granted = permissions[scope] ?? 'none';
  return granted === 'write' || granted === access;
}
