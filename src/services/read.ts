import { dirname, relative } from 'node:path';
import type { Files } from '../effects/effects.ts';
import type { Finding } from '../report/report.ts';
import { composeProjects, hasServices, isComposeFile } from './compose/projects.ts';
import { readCompose } from './compose/read.ts';
import type { ComposeProject } from './compose/load.ts';
import { readManifests } from './kubernetes/manifests.ts';
import { chartsIn, readChart } from './rendered/helm.ts';
import { isKustomization, kustomizationsIn, readKustomization } from './rendered/kustomize.ts';
import type { RenderTools } from './rendered/render.ts';
import { servicesRules } from './rules.ts';
import type { Service } from './service.ts';
import { UnreadableError, Workspace } from './workspace.ts';

/** What was found below the given paths. */
export interface FoundServices {
  /** Absolute paths of all files below the given paths, each once. */
  readonly files: readonly string[];
  readonly services: readonly Service[];
  /** What is wrong with the files themselves; what services lack is {@link checkServices}' business. */
  readonly findings: readonly Finding[];
  /** Absolute paths of the profiles that services name and that are there, each once. */
  readonly profiles: readonly string[];
}

export interface ServicesOptions extends RenderTools {
  /** Variables of Compose files, which win over `.env` files; the runner's own environment does not count. */
  readonly variables?: ReadonlyMap<string, string>;
  /** Compose projects as the caller wants them, instead of those that are found in their folders. */
  readonly projects?: readonly ComposeProject[];
  /** Values files of a chart, for each rendering, by the chart's folder; instead of `ci/*-values.yaml`. */
  readonly chartValues?: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** Dependencies, Git's own files, and what Slipway's runs in a terminal left. */
const skipped = /(?:^|\/)(?:node_modules|\.git|\.slipway)\//;

/**
 * Reads what runs in containers, and how it is confined, from Compose files, Kubernetes manifests, charts and kustomizations.
 * @param root absolute path of the workspace; nothing outside it is read
 * @param paths absolute paths of files and folders
 */
export async function readServices(
  files: Files,
  root: string,
  paths: readonly string[],
  options: ServicesOptions,
): Promise<FoundServices> {
  const workspace = new Workspace(files, root);
  const all = await filesBelow(workspace, paths);
  const charts = chartsIn(all);
  const isInChart = (path: string): boolean => charts.some(({ folder }) => path.startsWith(`${folder}/`));
  const outside = charts.length === 0 ? all : all.filter((path) => !isInChart(path));
  const kustomizations = await kustomizationsIn(outside, workspace);

  const projectsGiven = options.projects ?? [];
  const foldersGiven = new Set(projectsGiven.map(({ folder }) => folder));
  const composeFiles = new Set(outside.filter(isComposeFile));
  const given = outside.filter((path) => paths.includes(path) && !composeFiles.has(path) && /\.ya?ml$/.test(path));
  // A file that is given by its path may have any name.
  for (const path of given) if (await hasServices(path, workspace)) composeFiles.add(path);
  const found = [...composeFiles].filter((path) => !foldersGiven.has(dirname(path)));
  const projects = [...projectsGiven, ...(await composeProjects(found, workspace))];
  const manifests = outside.filter(
    (path) =>
      /\.(?:ya?ml|json)$/.test(path) &&
      !composeFiles.has(path) &&
      !isKustomization(path) &&
      !kustomizations.taken.has(path),
  );

  const parts = [
    await readCompose(projects, workspace, options.variables ?? new Map()),
    await readManifests(manifests, workspace),
  ];
  for (const chart of charts)
    parts.push(await readChart(chart, workspace, options, options.chartValues?.get(chart.folder)));
  for (const kustomization of kustomizations.roots)
    parts.push(await readKustomization(kustomization, workspace, options));

  const services = distinct(parts.flatMap((part) => part.services));
  const profiles = await profilesOf(services, workspace);
  return {
    files: all,
    services,
    findings: [
      ...(await unreadable(given, workspace)),
      ...kustomizations.unreadable.map((error) => error.finding),
      ...parts.flatMap((part) => part.findings),
      ...profiles.findings,
    ],
    profiles: profiles.paths,
  };
}

async function filesBelow(workspace: Workspace, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    (await workspace.list(path))
      .filter((file) => !skipped.test(relative(path, file)))
      .forEach((file) => found.add(file));
  }
  return [...found];
}

/** Of files that are found it is not known whether they matter; those that are given do. */
async function unreadable(paths: readonly string[], workspace: Workspace): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const path of paths) {
    try {
      await workspace.text(path);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      findings.push(error.finding);
    }
  }
  return findings;
}

/** A chart that is rendered with several values gives the same container more than once. */
function distinct(services: readonly Service[]): Service[] {
  const seen = new Map(services.map((service) => [JSON.stringify([service, [...service.labels]]), service]));
  return [...seen.values()];
}

async function profilesOf(
  services: readonly Service[],
  workspace: Workspace,
): Promise<{ paths: string[]; findings: Finding[] }> {
  const paths = new Set<string>();
  const findings: Finding[] = [];
  for (const { name, resource, seccomp } of services) {
    if (seccomp.kind !== 'file') continue;
    const where = await workspace.where(seccomp.path);
    if (where === 'inside') paths.add(seccomp.path);
    else {
      const reason = where === 'missing' ? 'is no file' : 'lies outside the workspace and is not read';
      findings.push({
        rule: servicesRules.profileMissing,
        message: `Service \`${name}\` names \`${seccomp.written}\`, which ${reason}.`,
        place: { ...seccomp.place, resource },
      });
    }
  }
  return { paths: [...paths], findings };
}
