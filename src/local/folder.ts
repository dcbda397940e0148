import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { UsageError } from '../definition/values.ts';

/** What a platform writes below its folder. Nothing else in the folder is ever removed. */
const own = ['state.json', 'state.json.new', 'data', 'logs', 'images', 'signing'];

/** The state folder of one platform, held by this process. */
export interface StateFolder {
  readonly path: string;
  release(): Promise<void>;
}

/**
 * Takes a folder for a platform and empties it of an earlier one.
 * @throws UsageError when another platform uses it, or when it holds files that no platform has written
 */
export async function takeFolder(folder: string): Promise<StateFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = await realpath(folder);
  const release = await lock(path);
  try {
    const strangers = (await readdir(path)).filter((name) => !own.includes(name));
    if (strangers.length > 0) {
      throw new UsageError(
        `${path} is no folder of a platform: it holds ${strangers.slice(0, 3).join(', ')}. Remove it, or give another folder.`,
      );
    }
    // The parts of a platform that was killed a moment ago may still write.
    for (const name of own) await rm(join(path, name), { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    await release();
    throw error;
  }
  return { path, release };
}

/**
 * A lock that the kernel takes back when this process dies: an abstract socket named after the folder (unix(7)). A
 * lock file would stay behind, and two processes that both find it stale would both go on.
 */
function lock(path: string): Promise<() => Promise<void>> {
  const name = `\0slipway-local/${createHash('sha256').update(path).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(
              `A platform already runs in ${path}. Stop it with \`slipway local down --folder ${path}\`, or give another folder.`,
            )
          : error,
      ),
    );
    server.listen(name, () => {
      server.unref();
      resolve(() => new Promise((done) => server.close(() => done())));
    });
  });
}
