import type { Container } from './container.ts';
import type { EnforceEffects, Ready } from './start.ts';

/** Asks for a page and ends with 0 when it has the status that is wanted. Constant; the address is an argument. */
const askForPage =
  'fetch(process.argv[1], { redirect: "manual", signal: AbortSignal.timeout(5000) }).then((a) => process.exit(a.status === Number(process.argv[2]) ? 0 : 1), () => process.exit(2))';
const probeLimit = 10_000;

/** Whether a program is ready now. One that is to end by itself never is: its end is judged. */
export async function isReady(effects: EnforceEffects, container: Container, ready: Ready): Promise<boolean> {
  switch (ready.kind) {
    case 'exit':
      return false;
    case 'tcp':
      return isListening(container, ready.port);
    case 'http': {
      const { port, protocol } = new URL(ready.url);
      // Costs far less than a request that nobody answers.
      if (!(await isListening(container, Number(port || (protocol === 'https:' ? 443 : 80))))) return false;
      const answer = await container.beside([effects.node, '-e', askForPage, ready.url, String(ready.status)], {
        network: true,
        timeout: probeLimit,
      });
      return answer?.code === 0;
    }
    case 'command':
      return (await container.inside(ready.argv, probeLimit))?.code === 0;
  }
}

/** Whether a socket of the container listens on a port (proc(5), /proc/pid/net/tcp: local address, state 0A). Nothing is connected. */
async function isListening(container: Container, port: number): Promise<boolean> {
  const first = await container.firstProcess();
  const paths = ['tcp', 'tcp6'].map((name) => `/proc/${first}/net/${name}`);
  const tables = await container.beside(['cat', ...paths], { network: false, timeout: probeLimit });
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex} [0-9A-F]+:0000 0A `, 'm').test(tables?.stdout ?? '');
}

/** Filters that the kernel counts on the container's first process (proc(5), /proc/pid/status, Seccomp_filters, since Linux 5.9). */
export async function countFilters(container: Container): Promise<number | undefined> {
  const first = await container.firstProcess();
  const status = await container.beside(['cat', `/proc/${first}/status`], { network: false, timeout: probeLimit });
  const found = /^Seccomp_filters:\s*(\d+)$/m.exec(status?.stdout ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
