import { answersOk } from './http.ts';
import type { Parts } from './parts.ts';

/** Starts the registry (tools/go/registry) and returns its host: `127.0.0.1:<port>`. Images are kept in memory. */
export async function startRegistry(parts: Parts): Promise<string> {
  const { ports } = await parts.start({
    name: 'oci-registry',
    ports: 1,
    start: ([port]) => ({
      args: ['-address', `127.0.0.1:${port}`],
      address: `http://127.0.0.1:${port}`,
      ready: () => answersOk(`http://127.0.0.1:${port}/v2/`),
    }),
  });
  return `127.0.0.1:${ports[0]}`;
}
