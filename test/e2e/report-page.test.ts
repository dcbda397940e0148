import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { renderPage } from '../../src/road/page.ts';
import { program } from '../support/programs.ts';
import { removeFolders, runYaml } from '../support/workflow-run.ts';

let folder: string;
let server: Server;
let asked = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-page-'));
  server = createServer((_, answer) => {
    asked++;
    answer.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.close();
  removeFolders();
  await rm(folder, { recursive: true, force: true });
});

it('is one file that a browser shows whole, and that loads and runs nothing', async () => {
  const { port } = server.address() as AddressInfo;
  const attack = `<img src=http://127.0.0.1:${port}/> <script>document.title='taken'</script>`;
  const result = await runYaml(`
on: push
jobs:
  draw:
    name: draw sprites
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "first line"
          echo "${attack}"
          echo "# Verdict ${attack}" >> "$GITHUB_STEP_SUMMARY"
`);
  const page = renderPage({
    title: 'A local run',
    passed: true,
    sentence: 'it went well',
    runs: [{ event: 'push', result }],
    gates: [],
    figures: [{ name: 'pull request to production', value: '80 s', limit: 'at most 180 s', met: true }],
    standIns: [{ part: 'runner', onGitHub: 'a virtual machine', here: attack }],
    image: attack,
    evidence: [],
  });
  const file = join(folder, 'index.html');
  await writeFile(file, page);

  const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`];
  const more = ['--enable-logging=stderr', '--virtual-time-budget=2000', '--dump-dom', `file://${file}`];
  const { stdout, stderr } = await promisify(execFile)(await program('chromium'), [...options, ...more]);

  expect(stdout).toContain('<title>A local run</title>');
  for (const shown of ['it went well', 'draw sprites', 'first line\n', 'at most 180 s', 'runner'])
    expect(stdout).toContain(shown);
  expect(stdout).not.toMatch(/<(?:script|img|link|iframe)\b/);
  expect(stderr).not.toMatch(/CONSOLE|Refused to/);
  expect(asked).toBe(0);
}, 120_000);
