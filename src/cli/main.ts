import { exitCodes } from '../action/host.ts';
import { cli } from './cli.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`interrupted by ${signal}`)));
}
for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads may stop (`| head`): verdict and files are made all the same.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const terminal = {
  out: (line: string): void => console.log(line),
  error: (line: string): void => console.error(line),
};
try {
  // Open sockets of a library must not keep the command alive.
  process.exit(await cli(process.argv.slice(2), terminal, interrupted.signal));
} catch (error) {
  console.error('Slipway broke. This is a bug; please report it with the lines below.');
  console.error(error);
  process.exit(exitCodes.bug);
}
