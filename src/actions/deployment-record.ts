import type { Context } from '../definition/context.ts';
import type { DeploymentState, Forge, NewDeployment } from '../effects/forge.ts';
import { helmRules } from '../helm/rules.ts';
import type { Finding } from '../report/report.ts';

/** The record of a deployment on GitHub. It never decides anything: when GitHub fails, findings say so. */
export interface DeploymentRecord {
  /** Absent when GitHub did not create it. */
  readonly id: number | undefined;
  readonly findings: readonly Finding[];
  setState(state: DeploymentState, description: string, environmentUrl?: string): Promise<void>;
}

/** Creates the record of a deployment that is about to begin. */
export async function recordDeployment(
  token: string,
  deployment: NewDeployment,
  { forge }: Context,
): Promise<DeploymentRecord> {
  const findings: Finding[] = [];
  const ask = async <T>(request: (api: Forge) => Promise<T>): Promise<T | undefined> => {
    try {
      return await request(await forge(token));
    } catch (error) {
      findings.push({ rule: helmRules.deploymentNotRecorded, message: (error as Error).message });
      return undefined;
    }
  };
  const id = await ask((api) => api.createDeployment(deployment));
  const setState: DeploymentRecord['setState'] = async (state, description, environmentUrl) => {
    if (id !== undefined) await ask((api) => api.setDeploymentState(id, state, description, environmentUrl));
  };
  await setState('in_progress', deployment.description);
  return { id, findings, setState };
}
