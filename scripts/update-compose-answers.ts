/**
 * Records what compose-go, the loader of `docker compose`, makes of the cases in test/conformance/data/compose-go. Needs Go.
 * Usage: npm run update:compose
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';

const folder = 'test/conformance/data/compose-go';
const cases = load(readFileSync(join(folder, 'cases.yaml'), 'utf8')) as {
  name: string;
  files: Record<string, string>;
}[];
const temporary = mkdtempSync(join(tmpdir(), 'slipway-compose-'));
try {
  const program = join(temporary, 'answers');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: folder, stdio: 'inherit' });
  const [version] = /compose-go\/v2 v\S+/.exec(readFileSync(join(folder, 'go.mod'), 'utf8')) ?? [];
  const answers = cases.map(({ name, files }, at) => {
    const root = join(temporary, String(at));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const { status, stdout } = spawnSync(program, { cwd: root, encoding: 'utf8', env: { HOME: root } });
    if (status !== 0) return [name, { refused: true }];
    const { services } = JSON.parse(stdout.replaceAll(root, '/project')) as { services: unknown };
    return [name, { services }];
  });
  writeFileSync(
    join(folder, 'answers.json'),
    `${JSON.stringify({ version, answers: Object.fromEntries(answers) as unknown }, undefined, 1)}\n`,
  );
} finally {
  rmSync(temporary, { recursive: true });
}
