import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { answersOk } from './http.ts';
import type { Parts } from './parts.ts';

/** Starts Prometheus, which reads the gateway's counters every second, and returns its address. */
export async function startPrometheus(parts: Parts, metricsUrl: string): Promise<string> {
  const folder = join(parts.folder, 'data', 'prometheus');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'prometheus.yml');
  const content = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    scrape_configs: [{ job_name: 'gateway', static_configs: [{ targets: [new URL(metricsUrl).host] }] }],
  };
  await writeFile(config, dump(content));
  const { ports } = await parts.start({
    name: 'prometheus',
    ports: 1,
    start: ([port]) => ({
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      address: `http://127.0.0.1:${port}`,
      ready: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
    }),
  });
  return `http://127.0.0.1:${ports[0]}`;
}
