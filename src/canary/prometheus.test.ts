import { describe, expect, it } from '@jest/globals';
import type { HttpOptions } from '../effects/effects.ts';
import { readSamples, type SeriesResult } from './prometheus.ts';

const asked: { url: string; options: HttpOptions | undefined }[] = [];

/** Reads from a source that answers as said. */
function readFrom(status: number, body: string): Promise<SeriesResult> {
  asked.length = 0;
  return readSamples(
    {
      http: (url, options) => {
        asked.push({ url, options });
        return Promise.resolve({ status, headers: {}, body: new TextEncoder().encode(body) });
      },
      url: 'https://metrics/prom',
      token: 'hush',
      signal: new AbortController().signal,
    },
    'requests_total{backend="shop"}',
    300,
  );
}

const answer = (result: unknown, resultType = 'matrix', status = 'success'): string =>
  JSON.stringify({ status, data: { resultType, result } });

describe('reading samples', () => {
  it('asks for the raw samples of the selector, with the token', async () => {
    await readFrom(200, answer([]));
    const [{ url, options } = {}] = asked;
    expect(new URL(url ?? '').pathname).toBe('/prom/api/v1/query');
    expect(new URL(url ?? '').searchParams.get('query')).toBe('requests_total{backend="shop"}[300s]');
    expect(options?.headers).toMatchObject({ authorization: 'Bearer hush' });
  });

  it('gives the series with their samples', async () => {
    const values = [
      [1435781430.781, '1'],
      [1435781445.781, '2.5e3'],
    ];
    expect(await readFrom(200, answer([{ metric: { code: '200' }, values }]))).toEqual({
      series: [
        {
          labels: { code: '200' },
          samples: [
            { at: 1435781430.781, value: 1 },
            { at: 1435781445.781, value: 2500 },
          ],
        },
      ],
    });
  });

  it.each([
    ['an error', answer([], 'matrix', 'error')],
    ['a vector', answer([], 'vector')],
    ['no result', answer(null)],
    ['a series without labels', answer([{ values: [] }])],
    ['a series without samples', answer([{ metric: {} }])],
    ['a sample that is no pair', answer([{ metric: {}, values: [7] }])],
    ['NaN', answer([{ metric: {}, values: [[1, 'NaN']] }])],
    ['infinity', answer([{ metric: {}, values: [[1, '+Inf']] }])],
    ['a negative count', answer([{ metric: {}, values: [[1, '-1']] }])],
    ['an empty count', answer([{ metric: {}, values: [[1, '']] }])],
    ['half of it', answer([{ metric: {}, values: [[1, '3']] }]).slice(0, 50)],
    ['nothing', ''],
    ['null', 'null'],
  ])('takes %s for no answer', async (_, body) => {
    expect(await readFrom(200, body)).toMatchObject({ problem: expect.stringContaining(''), refused: false });
  });

  it.each([
    [400, true],
    [401, true],
    [403, true],
    [404, true],
    [422, true],
    [301, false],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('knows of status %d whether it will stay: %s', async (status, refused) => {
    expect(await readFrom(status, '{"status":"error","error":"why"}')).toEqual({
      problem: `it answered ${status}: why`,
      refused,
    });
  });

  it('gives a problem when there is no answer', async () => {
    const http = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const source = { http, url: 'http://metrics', signal: new AbortController().signal };
    expect(await readSamples(source, 'x{}', 300)).toEqual({ problem: 'connect ECONNREFUSED', refused: false });
  });
});
