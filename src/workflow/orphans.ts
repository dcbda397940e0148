import { readdir, readFile } from 'node:fs/promises';

/** The variable by which the runner knows the processes of a job again, whatever group or session they moved to. */
export const trackingVariable = 'RUNNER_TRACKING_ID';

/**
 * Kills every process that a job left behind, as the runner does at the end of a job (actions/runner, JobExtension.cs).
 * It reads /proc, so it finds nothing where there is none.
 * @returns the process ids that were killed
 */
export async function killOrphans(trackingId: string): Promise<number[]> {
  const killed: number[] = [];
  const entries = await readdir('/proc').catch(() => []);
  for (const pid of entries.map(Number).filter((number) => number > 0 && number !== process.pid)) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`${trackingVariable}=${trackingId}`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed.push(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  return killed;
}
