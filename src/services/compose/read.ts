import { get } from '../../documents/node.ts';
import type { Finding } from '../../report/report.ts';
import { servicesRules } from '../rules.ts';
import type { Service } from '../service.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { loadProject, type ComposeModel, type ComposeProject } from './load.ts';
import { isMainFile } from './projects.ts';
import { composeService } from './service.ts';
import { variableFindings } from './variables.ts';

export interface ComposeServices {
  readonly services: readonly Service[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the services of Compose projects, those behind a Compose profile too. A file that another project includes is no
 * project of its own, nor is one that others only extend, unless Compose would take it by its name.
 * @param variables win over the `.env` files
 */
export async function readCompose(
  projects: readonly ComposeProject[],
  workspace: Workspace,
  variables: ReadonlyMap<string, string>,
): Promise<ComposeServices> {
  const models: ComposeModel[] = [];
  const broken: { project: ComposeProject; error: UnreadableError }[] = [];
  for (const project of projects) {
    try {
      models.push(await loadProject(project, workspace, variables));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      broken.push({ project, error });
    }
  }
  const included = new Set(models.flatMap((model) => [...model.included]));
  const extended = new Set(models.flatMap((model) => [...model.extended]));
  const isOwn = ({ files }: ComposeProject): boolean => {
    const last = files.at(-1) ?? '';
    return !included.has(last) && !(extended.has(last) && !isMainFile(last));
  };

  const services: Service[] = [];
  const findings = broken.filter(({ project }) => isOwn(project)).map(({ error }) => error.finding);
  for (const model of models.filter(({ project }) => isOwn(project))) {
    const read = await servicesOf(model, workspace);
    services.push(...read.services);
    findings.push(...model.findings, ...read.findings);
  }
  return { services, findings };
}

async function servicesOf(model: ComposeModel, workspace: Workspace): Promise<ComposeServices> {
  const services: Service[] = [];
  const findings: Finding[] = [];
  // What a provider brings (a database of a cloud) is no container.
  for (const entry of model.services.filter(({ value }) => get(value, 'provider') === undefined)) {
    findings.push(...variableFindings(entry, model.problems));
    try {
      const read = await composeService(entry, model, workspace);
      services.push(read.service);
      findings.push(...read.findings);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      findings.push(error.finding);
    }
  }
  if (services.length === 0 && findings.length === 0 && model.findings.length === 0)
    findings.push({
      rule: servicesRules.unreadable,
      message: 'The Compose file has no `services`.',
      place: { file: workspace.name(model.project.files[0] ?? ''), line: 1, column: 1 },
    });
  return { services, findings };
}
