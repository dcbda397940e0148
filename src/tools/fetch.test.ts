import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProgramError, TooLargeError, type HttpOptions, type HttpResponse } from '../effects/effects.ts';
import { download, NotServed } from './fetch.ts';

const content = 'content';
const file = {
  what: 'helm 4.2.4 for linux-x64',
  url: 'https://get.helm.sh/helm',
  hosts: ['get.helm.sh'],
  sha256: createHash('sha256').update(content).digest('hex'),
};

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-fetch-'));
  target = join(folder, 'helm');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a place answers: a status with a body or a `location`, or an error that it fails with. */
type Answer = { readonly status: number; readonly body?: string; readonly location?: string } | Error;

/** Downloads from a place that gives these answers in order, the last one for ever. */
async function fetchFrom(
  answers: readonly [Answer, ...Answer[]],
  more: object = {},
): Promise<{ asked: HttpOptions[]; pauses: number[]; result: unknown }> {
  const asked: HttpOptions[] = [];
  const pauses: number[] = [];
  const http = (_: string, options: HttpOptions = {}): Promise<HttpResponse> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? answers[0];
    asked.push(options);
    if (answer instanceof Error) return Promise.reject(answer);
    writeFileSync(options.saveTo ?? '', answer.body ?? '');
    const headers: Record<string, string> = answer.location === undefined ? {} : { location: answer.location };
    return Promise.resolve({ status: answer.status, headers, body: new Uint8Array() });
  };
  const clock = {
    now: () => new Date(0),
    sleep: (milliseconds: number) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  };
  const network = { http, clock, signal: new AbortController().signal };
  const result = await download({ ...file, ...more }, target, network).catch((error: unknown) => error);
  return { asked, pauses, result };
}

describe('a download', () => {
  it('is written to the file, in one request', async () => {
    const { asked, result } = await fetchFrom([{ status: 200, body: content }]);
    expect(result).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(readFileSync(target, 'utf8')).toBe(content);
  });

  it('leaves no file when its digest is wrong, and is not tried again', async () => {
    const { asked, result } = await fetchFrom([{ status: 200, body: 'other' }]);
    expect(result).toBeInstanceOf(ProgramError);
    expect(asked).toHaveLength(1);
    expect(existsSync(target)).toBe(false);
  });

  it('may be redirected five times, and not six', async () => {
    const away: Answer = { status: 302, location: '/elsewhere' };
    const five = await fetchFrom([away, away, away, away, away, { status: 200, body: content }]);
    expect(five.result).toBeUndefined();
    const six = await fetchFrom([away, away, away, away, away, away, { status: 200, body: content }]);
    expect(six.result).toBeInstanceOf(ProgramError);
    expect(six.asked).toHaveLength(6);
  });

  it('is bounded by its size where that is known', async () => {
    const tooLarge = new TooLargeError('The answer of get.helm.sh', 7);
    const { asked, result } = await fetchFrom([tooLarge], { size: 7 });
    expect(asked.map(({ maxBytes }) => maxBytes)).toEqual([7]);
    expect(result).toBeInstanceOf(ProgramError);
    expect((await fetchFrom([{ status: 200 }])).asked[0]?.maxBytes).toBe(1024 ** 3);
  });
});

describe('a place that does not answer', () => {
  const good: Answer = { status: 200, body: content };
  it.each<[string, [Answer, ...Answer[]], number[]]>([
    ['a broken connection', [new Error('ECONNRESET'), good], [1000]],
    ['an overloaded server', [{ status: 503 }, { status: 429 }, good], [1000, 5000]],
  ])('is asked again after %s', async (_, answers, expected) => {
    const { pauses, result } = await fetchFrom(answers);
    expect(result).toBeUndefined();
    expect(pauses).toEqual(expected);
  });

  it('is given up after three attempts', async () => {
    const { asked, result } = await fetchFrom([{ status: 503 }]);
    expect(asked).toHaveLength(3);
    expect(result).toEqual(new NotServed('https://get.helm.sh/helm answered 503.', true));
  });

  it.each([404, 403, 304])('is not asked again when it answers %i', async (status) => {
    const { asked, result } = await fetchFrom([{ status }]);
    expect(asked).toHaveLength(1);
    expect(result).toBeInstanceOf(NotServed);
    expect(existsSync(target)).toBe(false);
  });
});
