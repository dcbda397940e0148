import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of one job, all of its own but the tool cache. */
export interface JobFolders {
  readonly home: string;
  readonly temp: string;
  readonly workspace: string;
  readonly runnerWorkspace: string;
  readonly toolCache: string;
  /** Where the files lie through which steps speak to the runner. */
  readonly fileCommands: string;
  /** The payload of the event. */
  readonly event: string;
}

/** Makes the folders as they lie on a runner: `_temp`, and the workspace in a folder that is named as the repository. */
export async function makeJobFolders(
  folder: string,
  toolCache: string,
  repository: string,
  payload: unknown,
): Promise<JobFolders> {
  const [, name = 'repository'] = repository.split('/');
  const temp = join(folder, '_temp');
  const runnerWorkspace = join(folder, name);
  const folders = {
    home: join(folder, 'home'),
    temp,
    runnerWorkspace,
    workspace: join(runnerWorkspace, name),
    toolCache,
    fileCommands: join(temp, '_runner_file_commands'),
    event: join(temp, '_github_workflow', 'event.json'),
  };
  for (const path of [folders.home, folders.workspace, toolCache, folders.fileCommands, join(temp, '_github_workflow')])
    await mkdir(path, { recursive: true });
  await writeFile(folders.event, JSON.stringify(payload, undefined, 2));
  return folders;
}
