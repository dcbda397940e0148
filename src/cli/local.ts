import { resolve } from 'node:path';
import { exitCodes } from '../action/host.ts';
import { realWorkshop } from '../action/workshop.ts';
import { kind } from '../definition/inputs.ts';
import { ProgramError } from '../effects/effects.ts';
import { ask } from '../local/http.ts';
import { platformPrograms, startPlatform, type Platform } from '../local/platform.ts';
import { StartError } from '../local/process/program.ts';
import { isAlive } from '../local/process/identity.ts';
import { aligned } from '../report/text.ts';
import { partStatus, readState, stopPlatform, type PlatformState } from '../local/state.ts';
import type { WorkloadStatus } from '../local/workload/workload.ts';
import { defineCommand, type Command, type Group } from './group.ts';
import { packaged } from './package-root.ts';
import type { Terminal } from './terminal-host.ts';

const stateFolder = {
  folder: kind({ allowed: 'a folder of its own, or one that does not exist yet', parse: (given) => resolve(given) })({
    doc: 'State folder of the platform: logs, data, credentials. Another folder is another platform.',
    default: '.slipway/local',
  }),
};

/** `slipway local`. */
export const local: Group = {
  name: 'local',
  about: 'a platform on this machine to try them on, on loopback only (Linux, x64 and arm64)',
  commands: {
    up: command('starts it and stays in the foreground until Ctrl-C or `slipway local down`', up),
    down: command('stops it, from another terminal', down),
    status: command('shows every part and every container; exit code 1 when something is missing', status),
  },
  more: 'docs/how-to/local-platform.md',
};

type Work = (folder: string, terminal: Terminal, signal: AbortSignal) => Promise<number>;

function command(doc: string, work: Work): Command {
  return defineCommand({
    doc,
    inputs: stateFolder,
    run: async ({ inputs, terminal, signal }) => {
      try {
        return await work(inputs.folder, terminal, signal);
      } catch (error) {
        if (error instanceof ProgramError) terminal.error(`${error.message}\n${error.fix}`);
        else if (error instanceof StartError) terminal.error(error.message);
        else if (signal.aborted) terminal.error('The platform was not started.');
        else throw error;
        return exitCodes.fail;
      }
    },
  });
}

async function up(folder: string, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const { findPrograms } = await import('../tools/install.ts');
  const workshop = realWorkshop(packaged('.'), (line) => terminal.error(line), signal);
  const programs = await findPrograms(platformPrograms, workshop);
  const platform = await startPlatform({
    folder,
    programs: (name) => Promise.resolve(programs.get(name) ?? ''),
    signal,
    onProblem: (message) => terminal.error(message),
  });
  terminal.out(addresses(platform));
  terminal.out('Stop it with Ctrl-C.');
  if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
  await platform.stop();
  terminal.out('The platform is stopped.');
  return exitCodes.pass;
}

function addresses({ registry, cluster, gateway, signing, forge, prometheusUrl, metricsUrl }: Platform): string {
  return aligned([
    ['registry', registry],
    ['cluster', `KUBECONFIG=${cluster.adminKubeconfig}`],
    ...Object.entries(gateway.urls).map(([name, url]) => [`gateway of ${name}`, url]),
    ['trusted root', `SLIPWAY_TRUSTED_ROOT=${signing.trustedRootPath}`],
    ['signing services', `SLIPWAY_SIGNING_CONFIG=${signing.signingConfigPath}`],
    ['forge', forge.apiUrl],
    ['prometheus', prometheusUrl],
    ['metrics', metricsUrl],
  ]).join('\n');
}

async function down(folder: string, terminal: Terminal): Promise<number> {
  const state = await readState(folder);
  const stopped = state === undefined ? 0 : await stopPlatform(state);
  terminal.out(stopped === 0 ? `No platform runs in ${folder}.` : `The platform in ${folder} is stopped.`);
  return exitCodes.pass;
}

async function status(folder: string, terminal: Terminal): Promise<number> {
  const state = await readState(folder);
  if (state === undefined || !(await isAlive(state.supervisor))) {
    terminal.out(`No platform runs in ${folder}.`);
    return exitCodes.fail;
  }
  const parts = await partStatus(state);
  const rows = parts.map(({ name, alive, process: { pid }, since, address = '' }) => [
    name,
    alive ? 'running' : 'GONE',
    String(pid),
    since,
    address,
  ]);
  terminal.out(aligned([['PART', 'STATE', 'PID', 'SINCE', 'ADDRESS'], ...rows]).join('\n'));
  const workloads = await readWorkloads(state);
  if (workloads === undefined) terminal.error('The workload stand-in does not answer.');
  else if (workloads.length > 0) terminal.out(`\n${aligned(workloadRows(workloads)).join('\n')}`);
  const gone = parts.filter(({ alive }) => !alive);
  for (const { name, log } of gone) terminal.error(`${name} is gone. Its log: ${log ?? 'none'}`);
  if (state.readyAt === undefined) terminal.error('The platform is still starting.');
  return gone.length === 0 && state.readyAt !== undefined && workloads !== undefined ? exitCodes.pass : exitCodes.fail;
}

async function readWorkloads({ parts }: PlatformState): Promise<WorkloadStatus[] | undefined> {
  const address = parts.find(({ name }) => name === 'workload')?.address;
  if (address === undefined) return undefined;
  try {
    return JSON.parse((await ask(address)).body) as WorkloadStatus[];
  } catch {
    return undefined;
  }
}

function workloadRows(workloads: readonly WorkloadStatus[]): string[][] {
  const rows = workloads.map(({ namespace, pod, ready, pid, restarts, digest, image, reason }) => [
    namespace,
    pod,
    ready ? 'ready' : (reason ?? 'not ready'),
    String(pid ?? '-'),
    String(restarts),
    digest ?? image,
  ]);
  return [['NAMESPACE', 'POD', 'STATE', 'PID', 'RESTARTS', 'RUNS'], ...rows];
}
