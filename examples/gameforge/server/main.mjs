// GameForge's API: makes small game sprites from a prompt. No packages: everything it needs is in Node.
import { createServer } from 'node:http';
import { log } from './log.mjs';
import { Metrics } from './metrics.mjs';
import { makeRouter } from './router.mjs';

const metrics = new Metrics();
const port = Number(process.env.PORT ?? 8080);
const faults = {
  /** Share of sprite requests answered with 500, to rehearse a bad release. */
  errorRatio: Number(process.env.GAMEFORGE_FAULT_ERROR_RATIO ?? 0),
  /** Milliseconds added to each sprite request, to rehearse a slow release. */
  delay: Number(process.env.GAMEFORGE_FAULT_DELAY_MS ?? 0),
};

const server = createServer(makeRouter({ metrics, faults }));
server.listen(port, () => log('info', 'listening', { port, version: process.env.GAMEFORGE_VERSION ?? 'dev' }));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    log('info', 'stopping', { signal });
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
