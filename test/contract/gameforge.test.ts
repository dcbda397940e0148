/** The example must be what it shows: a caller, a service, a chart and profiles that work. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { load, loadAll } from 'js-yaml';
import { startGameforge, type Gameforge } from '../support/gameforge.ts';
import { program } from '../support/programs.ts';
import { runAction } from '../support/run-action.ts';

jest.setTimeout(60_000);

const folder = 'examples/gameforge';
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('the caller workflow', () => {
  const caller = read('.github/workflows/slipway.yml');

  it('is at most 15 lines', () => {
    expect(caller.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  });

  it('pins Slipway at one commit, and it is the one whose signatures the promotion policy accepts', () => {
    const pins = [...caller.matchAll(/uses: slipway-ci\/slipway\/\.github\/workflows\/[\w-]+\.yml@([0-9a-f]{40}) /g)];
    expect(pins).toHaveLength(2);
    const { signers } = load(read('slipway/promotion.yaml')) as { signers: Record<string, { at: string[] }> };
    expect(Object.keys(signers)).toEqual(['build', 'deploy']);
    for (const [, pin] of pins) for (const { at } of Object.values(signers)) expect(at).toContain(pin);
  });
});

describe('the service', () => {
  let gameforge: Gameforge;
  afterEach(() => gameforge.stop());
  const sprite = (body: unknown = { prompt: 'a small red dragon', size: 32 }): Promise<Response> =>
    fetch(`${gameforge.url}/v1/sprites`, { method: 'POST', body: JSON.stringify(body) });

  it('says that it lives, and paints the same sprite for the same prompt', async () => {
    gameforge = await startGameforge();
    expect(await (await fetch(`${gameforge.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const [one, same, other] = await Promise.all([sprite(), sprite(), sprite({ prompt: 'a castle', size: 32 })]);
    expect(one.status).toBe(200);
    expect(one.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await one.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(32);
    expect(Buffer.from(await same.arrayBuffer())).toEqual(bytes);
    expect(Buffer.from(await other.arrayBuffer())).not.toEqual(bytes);
  });

  it.each([
    ['no prompt', {}, 400],
    ['a size that is too large', { prompt: 'x', size: 65 }, 400],
    ['a body over 16 KiB', { prompt: 'x'.repeat(17 * 1024) }, 413],
  ])('refuses %s', async (_, body, status) => {
    gameforge = await startGameforge();
    expect((await sprite(body)).status).toBe(status);
  });

  it('counts requests and their durations as OpenMetrics', async () => {
    gameforge = await startGameforge();
    await Promise.all([sprite(), sprite(), sprite({})]);
    const answer = await fetch(`${gameforge.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('application/openmetrics-text; version=1.0.0');
    const text = await answer.text();
    expect(text).toContain('gameforge_http_requests_total{route="POST /v1/sprites",code="200"} 2\n');
    expect(text).toContain('gameforge_http_requests_total{route="POST /v1/sprites",code="400"} 1\n');
    expect(text).toContain('gameforge_http_request_duration_seconds_count{route="POST /v1/sprites"} 3\n');
    // OpenMetrics 1.0: every line is a sample or a description, a family is described once, and the text ends with EOF.
    const lines = text.split('\n');
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
    const sample = /^[a-z_]+\{([a-z]+="[^"]*",?)+\} [0-9.e+-]+$/;
    expect(lines.slice(0, -2).filter((line) => !/^# (TYPE|UNIT) /.test(line) && !sample.test(line))).toEqual([]);
    const types = lines.filter((line) => line.startsWith('# TYPE '));
    expect(new Set(types).size).toBe(types.length);
    for (const line of lines.slice(0, -2).filter((one) => !one.startsWith('#'))) {
      expect(types.some((type) => line.startsWith(type.split(' ')[2] ?? '-'))).toBe(true);
    }
  });

  it('fails as often as GAMEFORGE_FAULT_ERROR_RATIO says, and only where players feel it', async () => {
    gameforge = await startGameforge({ GAMEFORGE_FAULT_ERROR_RATIO: '0.5' });
    const answers = await Promise.all(Array.from({ length: 400 }, () => sprite()));
    const failed = answers.filter(({ status }) => status === 500).length;
    // Seven standard deviations of 400 tosses of a fair coin: one run in 10^11 is outside.
    expect(Math.abs(failed - 200)).toBeLessThanOrEqual(70);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(400 - failed);
    expect((await fetch(`${gameforge.url}/healthz`)).status).toBe(200);
  });

  it('is as slow as GAMEFORGE_FAULT_DELAY_MS says', async () => {
    gameforge = await startGameforge({ GAMEFORGE_FAULT_DELAY_MS: '300' });
    const started = performance.now();
    expect((await sprite()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(299);
  });

  it('answers what it has begun and ends well on SIGTERM', async () => {
    gameforge = await startGameforge({ GAMEFORGE_FAULT_DELAY_MS: '500' });
    const begun = sprite();
    await new Promise((done) => setTimeout(done, 200));
    const ended = gameforge.stop();
    expect((await begun).status).toBe(200);
    expect(await ended).toBe(0);
    const lines = gameforge.log().map((line) => JSON.parse(line) as { message: string });
    expect(lines.map(({ message }) => message)).toEqual(['listening', 'stopping', 'request']);
  });
});

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template?: { readonly spec: { readonly containers: { readonly image: string }[] } };
    readonly rules?: { readonly backendRefs: { readonly name: string; readonly weight: number }[] }[];
  };
}

describe('the chart', () => {
  let helm: string;
  beforeAll(async () => {
    helm = await program('helm');
  }, 900_000);
  const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
  const image = (path: string, letter: string): string[] => [
    ...['--set', `${path}.repository=ghcr.io/gameforge/gameforge`],
    ...['--set', `${path}.digest=${digest(letter)}`],
  ];
  const canary = ['--set', 'canary.enabled=true', ...image('canary.image', 'b')];

  function template(...values: string[]): Promise<{ objects: Rendered[]; error: string }> {
    const stage = ['--values', join(folder, 'slipway/staging.yaml')];
    const args = ['template', 'game', join(folder, 'chart'), ...stage, ...values];
    return new Promise((done) => {
      execFile(helm, args, (error, stdout, stderr) =>
        done({ objects: error === null ? (loadAll(stdout) as Rendered[]) : [], error: error === null ? '' : stderr }),
      );
    });
  }
  const images = (objects: readonly Rendered[]): Record<string, string[]> =>
    Object.fromEntries(
      objects
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata, spec }) => [metadata.name, spec.template?.spec.containers.map((one) => one.image) ?? []]),
    );
  const weights = (objects: readonly Rendered[]): unknown =>
    objects
      .find(({ kind }) => kind === 'HTTPRoute')
      ?.spec.rules?.[0]?.backendRefs.map(({ name, weight }) => [name, weight]);

  it('starts the image by digest and gives it all of the traffic', async () => {
    const { objects, error } = await template(...image('image', 'a'));
    expect(error).toBe('');
    expect(objects.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'HTTPRoute', 'Service']);
    expect(images(objects)).toEqual({ 'game-stable': [`ghcr.io/gameforge/gameforge@${digest('a')}`] });
    expect(weights(objects)).toEqual([['game-stable', 100]]);
  });

  it('starts a candidate beside it, without traffic', async () => {
    const { objects, error } = await template(...image('image', 'a'), ...canary);
    expect(error).toBe('');
    expect(images(objects)).toEqual({
      'game-stable': [`ghcr.io/gameforge/gameforge@${digest('a')}`],
      'game-canary': [`ghcr.io/gameforge/gameforge@${digest('b')}`],
    });
    expect(weights(objects)).toEqual([
      ['game-stable', 100],
      ['game-canary', 0],
    ]);
  });

  it.each([
    ['no image', [], "at '/image/"],
    ['a tag in place of a digest', ['--set', 'image.repository=a', '--set', 'image.digest=v1'], "at '/image/digest'"],
    ['a candidate without an image', [...image('image', 'a'), '--set', 'canary.enabled=true'], "at '/canary/image/"],
    ['no replicas', [...image('image', 'a'), '--set', 'replicas=0'], "at '/replicas'"],
  ])('is refused by its own schema with %s', async (_, values, place) => {
    const { error } = await template(...values);
    expect(error).toContain("values don't meet the specifications of the schema");
    expect(error).toContain(place);
  });
});

it('every service runs under a profile that seccomp-validate passes, and the API starts under it', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'slipway-gameforge-'));
  cpSync(folder, workspace, { recursive: true });
  // The API runs as another user, who has to see its own program.
  chmodSync(workspace, 0o755);
  const inputs = { policy: 'slipway/seccomp.yaml', 'helm-path': await program('helm') };
  const result = await runAction('seccomp-validate', { inputs, workspace });
  rmSync(workspace, { recursive: true });
  const { services } = load(read('compose.yaml')) as { services: object };
  // Two containers of the chart: stable and candidate.
  const found = String(Object.keys(services).length + 2);
  expect(result).toMatchObject({ code: 0, outputs: { verdict: 'pass', services: found, started: '1' } });
  const rules = result.report?.findings.map(({ rule }) => rule) ?? [];
  expect(new Set(rules)).toEqual(new Set(['waiver/used', 'seccomp/not-enforced']));
});
