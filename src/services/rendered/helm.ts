import { basename, dirname, join } from 'node:path';
import { DocumentError, get } from '../../documents/node.ts';
import { parseYamlStream } from '../../documents/yaml.ts';
import type { Finding, Place } from '../../report/report.ts';
import { textOf } from '../fields.ts';
import type { KubernetesServices } from '../kubernetes/read.ts';
import { readObjects } from '../kubernetes/read.ts';
import type { Service } from '../service.ts';
import { UnreadableError, type Workspace } from '../workspace.ts';
import { sourceLocator, type SourceFile } from './locate.ts';
import { folderName, notRendered, render, type RenderTools } from './render.ts';

/** A chart and the files in it; all paths are absolute. */
export interface Chart {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Folders with a `Chart.yaml`; a chart inside another belongs to that one. */
export function chartsIn(paths: readonly string[]): Chart[] {
  const folders = paths.filter((path) => basename(path) === 'Chart.yaml').map((path) => dirname(path));
  const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
  return folders
    .filter((folder) => !folders.some((other) => isBelow(folder, other)))
    .map((folder) => ({ folder, files: paths.filter((path) => isBelow(path, folder)) }));
}

/**
 * Renders a chart with `helm template` and reads its containers. A chart is rendered once for each `ci/*-values.yaml`, the
 * convention of chart-testing, and once as it is when there is none; test hooks are left out. A library chart renders nothing.
 * @param values instead of the files in `ci/`: for each rendering the values files, absolute
 */
export async function readChart(
  chart: Chart,
  workspace: Workspace,
  tools: RenderTools,
  values: readonly (readonly string[])[] = conventional(chart),
): Promise<KubernetesServices> {
  const path = join(chart.folder, 'Chart.yaml');
  const place = { file: workspace.name(path) };
  let name: string;
  try {
    const [about] = await workspace.documents(path);
    if (textOf(get(about, 'type')) === 'library') return { services: [], findings: [] };
    name = textOf(get(about, 'name')) ?? '';
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { services: [], findings: [error.finding] };
  }
  // Helm follows links, and what it renders goes into the report.
  const link = await workspace.linkOut(chart.folder);
  if (link !== undefined)
    return {
      services: [],
      findings: [notRendered(`\`${workspace.name(link)}\` is a link out of the workspace.`, place)],
    };
  const services: Service[] = [];
  const findings: Finding[] = [];
  for (const files of values) {
    const options = files.flatMap((file) => ['--values', workspace.name(file)]);
    const args = ['template', '--skip-tests', ...options, '--', 'release', folderName(chart.folder, workspace)];
    const rendered = await render('helm', args, place, workspace.root, tools);
    if ('finding' in rendered) findings.push(rendered.finding);
    else {
      const read = await objectsIn(rendered.text, { chart, name, values: files }, place, workspace);
      services.push(...read.services);
      findings.push(...read.findings);
    }
  }
  return { services, findings };
}

function conventional({ folder, files }: Chart): string[][] {
  const ofCi = files.filter((file) => dirname(file) === join(folder, 'ci') && file.endsWith('-values.yaml'));
  return ofCi.length > 0 ? ofCi.map((file) => [file]) : [[]];
}

interface Origin {
  readonly chart: Chart;
  /** As templates are named in the output. */
  readonly name: string;
  readonly values: readonly string[];
}

async function objectsIn(
  text: string,
  origin: Origin,
  place: Place,
  workspace: Workspace,
): Promise<KubernetesServices> {
  try {
    const sourcesOf = await sourcesByLine(text, origin, workspace);
    return readObjects(parseYamlStream(text), sourceLocator(text, sourcesOf));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { services: [], findings: [notRendered(`What helm rendered cannot be read: ${error.message}`, place)] };
  }
}

/** The template that a line is of, as helm's `# Source:` comments say, then the helpers and values that it may have taken the line from. */
async function sourcesByLine(
  text: string,
  { chart, name, values }: Origin,
  workspace: Workspace,
): Promise<(line: number) => readonly SourceFile[]> {
  const read = async (path: string): Promise<SourceFile[]> => {
    try {
      return [{ file: workspace.name(path), text: await workspace.text(path) }];
    } catch (error) {
      // A template inside a packed subchart is no file.
      if (error instanceof UnreadableError) return [];
      throw error;
    }
  };
  const all = async (paths: readonly string[]): Promise<SourceFile[]> => (await Promise.all(paths.map(read))).flat();
  const helpers = chart.files.filter((path) => basename(path).startsWith('_'));
  const shared = await all([
    ...helpers,
    ...values,
    join(chart.folder, 'values.yaml'),
    join(chart.folder, 'Chart.yaml'),
  ]);

  const bySource = new Map<string, readonly SourceFile[]>();
  const byLine: (readonly SourceFile[])[] = [];
  let current: readonly SourceFile[] = shared.slice(-1);
  for (const line of text.split('\n')) {
    const [, source] = /^# Source: (.+)$/.exec(line) ?? [];
    if (source !== undefined) {
      const path = source.startsWith(`${name}/`) ? join(chart.folder, source.slice(name.length + 1)) : undefined;
      const template = path === undefined ? [] : (bySource.get(path) ?? (await all([path])));
      if (path !== undefined) bySource.set(path, template);
      current = template.length > 0 ? [...template, ...shared] : shared.slice(-1);
    }
    byLine.push(current);
  }
  return (line) => byLine[line - 1] ?? [];
}
