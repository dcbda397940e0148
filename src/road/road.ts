import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { settingOf } from '../tools/given.ts';
import type { Workshop } from '../tools/workshop.ts';
import { buildah } from '../workflow/builders/buildah.ts';
import { ConcurrencyGroups } from '../workflow/concurrency.ts';
import type { WorkflowEvent } from '../workflow/event.ts';
import type { RunResult } from '../workflow/result.ts';
import type { LogLine } from '../workflow/run-context.ts';
import { runWorkflow } from '../workflow/run.ts';
import type { Builder } from '../workflow/stand-in.ts';
import { platformPrograms, startPlatform, type Platform } from '../local/platform.ts';
import { runnerServices } from '../local/runner-services.ts';
import { pushBaseImage } from './base-image.ts';
import { ExampleRepository } from './example-repository.ts';

/** Everything that {@link openRoad} needs on the machine, as `npm run tools` names it. */
export const roadPrograms = [
  ...platformPrograms,
  ...['syft', 'trivy', 'helm', 'kubectl', 'k6', 'vulnerability-database-builder', 'mmdebstrap', 'buildah', 'git'],
] as const;

/** Programs of the actions; on GitHub they come as pinned releases. */
const actionPrograms = ['syft', 'trivy', 'helm', 'kubectl', 'k6'] as const;

/** Slipway's own repository, as workflows of others name it. */
export const slipwayRepository = 'slipway-ci/slipway';

export interface RoadOptions {
  /** A folder of its own; what lies in it is lost. */
  readonly folder: string;
  /** Paths of {@link roadPrograms} by name. */
  readonly programs: ReadonlyMap<string, string>;
  readonly workshop: Workshop;
  readonly onProblem: (message: string) => void;
}

/** The example, a platform to bring it to, and the road between them: its own workflow files. */
export interface Road {
  readonly folder: string;
  readonly platform: Platform;
  readonly repository: ExampleRepository;
  readonly builder: Builder;
  /** Commit of Slipway that the example's workflow pins. */
  readonly pin: string;
  /** Runs a workflow of a repository for an event, as GitHub would. */
  run(event: WorkflowEvent, options?: RunWorkflowOptions): Promise<RunResult>;
  close(): Promise<void>;
}

export interface RunWorkflowOptions {
  /** By default the one that calls Slipway's. */
  readonly workflow?: string;
  /** By default the example's own. */
  readonly repository?: ExampleRepository;
  readonly onLine?: (line: LogLine) => void;
}

/**
 * Starts the platform and puts the example beside it.
 * @throws what {@link startPlatform} and {@link pushBaseImage} throw
 */
export async function openRoad({ folder, programs, workshop, onProblem }: RoadOptions): Promise<Road> {
  const program = (name: string): string => programs.get(name) ?? name;
  // The platform holds the folder: whoever comes second must not empty it.
  const platform = await startPlatform({
    folder: join(folder, 'platform'),
    programs: (name) => Promise.resolve(program(name)),
    signal: workshop.signal,
    onProblem,
  });
  try {
    for (const name of await readdir(folder))
      if (name !== 'platform') await rm(join(folder, name), { recursive: true, force: true });
    const storage = { program: program('buildah'), storage: join(folder, 'buildah') };
    const [repository, base, database] = await Promise.all([
      ExampleRepository.create(
        join(workshop.root, 'examples/gameforge'),
        join(folder, 'gameforge'),
        'gameforge/gameforge',
        900_000_001,
      ),
      pushBaseImage(platform.registry, join(folder, 'base'), program('mmdebstrap'), buildah(storage), workshop),
      makeVulnerabilityDatabase(join(folder, 'vulnerabilities'), program('vulnerability-database-builder'), workshop),
    ]);
    const { signing } = platform;
    const builder = buildah({ ...storage, buildArguments: [`BASE=${base}`] });
    const pin = await pinnedCommit(repository);
    const runnerEnvironment = {
      ...Object.fromEntries(actionPrograms.map((name) => [settingOf(name), program(name)])),
      SLIPWAY_TRUSTED_ROOT: signing.trustedRootPath,
      SLIPWAY_SIGNING_CONFIG: signing.signingConfigPath,
      SLIPWAY_VULNERABILITY_DATABASE: database,
    };
    const services = runnerServices(platform, { secrets: {}, variables: { SLIPWAY_REGISTRY: platform.registry } });
    const concurrency = new ConcurrencyGroups();
    let runs = 0;
    const run: Road['run'] = (event, options = {}) => {
      const id = String(++runs);
      const own = options.repository ?? repository;
      return runWorkflow({
        event,
        workflow: options.workflow ?? callerWorkflow,
        repositories: {
          [own.name]: { directory: own.directory },
          [slipwayRepository]: { directory: workshop.root, refs: { [pin]: { ref: pin, sha: pin } } },
        },
        run: { id, number: id, attempt: '1' },
        folder: join(folder, 'runs', id),
        services,
        builder,
        concurrency,
        refProtected: event.name === 'push',
        runnerEnvironment,
        toolCache: join(folder, 'tool-cache'),
        kill: workshop.signal,
        ...(options.onLine && { onLine: options.onLine }),
      });
    };
    return { folder, platform, repository, builder, pin, run, close: () => platform.stop() };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

const callerWorkflow = '.github/workflows/slipway.yml';

/** The commit of Slipway that the example's workflow names; the files of it are this checkout's, as they lie. */
async function pinnedCommit({ directory }: ExampleRepository): Promise<string> {
  const text = await readFile(join(directory, callerWorkflow), 'utf8');
  const pin = /slipway-ci\/slipway\/\S+@(?<pin>[0-9a-f]{40})/.exec(text)?.groups?.pin;
  if (pin === undefined) throw new Error(`${callerWorkflow} of the example pins no commit of Slipway`);
  return pin;
}

/** The small database of real advisories, dated now, as Trivy's cache. */
async function makeVulnerabilityDatabase(
  folder: string,
  program: string,
  { exec, root, env }: Workshop,
): Promise<string> {
  const advisories = join(root, 'tools/go/vulnerability-database/advisories.yaml');
  const result = await exec(program, ['-advisories', advisories, '-out', folder], { env });
  if (result.code !== 0) throw new Error(`vulnerability-database failed: ${result.stderr}`);
  return folder;
}
