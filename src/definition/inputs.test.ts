import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { document } from './document.ts';
import {
  choice,
  choices,
  duration,
  flag,
  image,
  InputProblem,
  path,
  paths,
  rate,
  resourceName,
  secret,
  stageName,
  text,
  url,
  type Input,
  type InputScope,
} from './inputs.ts';
import { readInputs, UsageError } from './values.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const scope: InputScope = {
  root: '/work',
  temp: '/temp',
  packaged: (file) => `/package/${file}`,
  files: memoryFiles({
    '/work/policy.yaml': 'version: 1\n',
    '/work/bad.yaml': 'version: one\nextra: 1\n',
    '/package/policies/own.yaml': 'version: 2\n',
  }),
};
const policy = document(() => Promise.resolve(z.strictObject({ version: z.int() })));
const doc = 'doc';

describe('an accepted value', () => {
  it.each<[string, Input<unknown>, string, unknown]>([
    ['text', text({ doc }), 'some words', 'some words'],
    ['stage', stageName({ doc }), 'staging-2', 'staging-2'],
    ['secret', secret({ doc }), 'two\nlines', 'two\nlines'],
    ['flag', flag({ doc }), 'true', true],
    ['choice', choice(['a', 'b'])({ doc }), 'b', 'b'],
    ['choices', choices(['a', 'b'])({ doc }), 'a,\n b', ['a', 'b']],
    ['duration', duration({ doc }), '240s', 240_000],
    ['duration with a fraction', duration({ doc }), '1.5h', 5_400_000],
    ['rate', rate({ doc }), '600/m', 10],
    ['url', url({ doc }), 'https://shop.example.com/api//', 'https://shop.example.com/api'],
    ['url on a port', url({ doc }), 'http://127.0.0.1:9090', 'http://127.0.0.1:9090'],
    ['resourceName', resourceName({ doc }), 'web.shop-1', 'web.shop-1'],
    ['path', path({ doc }), 'dir/../file', '/work/file'],
    ['paths', paths({ doc }), 'a b\n\n/temp/x', ['/work/a b', '/temp/x']],
    [
      'image',
      image({ doc }),
      `ghcr.io/o/n:v1@${digest}`,
      { registry: 'ghcr.io', repository: 'o/n', digest, tag: 'v1', text: `ghcr.io/o/n@${digest}` },
    ],
    [
      'image on a port',
      image({ doc }),
      `127.0.0.1:5000/n@${digest}`,
      { registry: '127.0.0.1:5000', repository: 'n', digest, text: `127.0.0.1:5000/n@${digest}` },
    ],
  ])('%s', async (_, input, given, value) => {
    expect(await input.parse(given, scope)).toEqual(value);
  });

  it('document: with its name and digest, from the workspace and from Slipway', async () => {
    const parse = async (given: string) => policy({ doc }).parse(given, scope);
    expect(await parse('policy.yaml')).toMatchObject({
      value: { version: 1 },
      name: 'policy.yaml',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
    });
    expect(await parse('built-in:policies/own.yaml')).toMatchObject({
      value: { version: 2 },
      name: 'slipway:policies/own.yaml',
    });
  });
});

describe('a refused value', () => {
  it.each<[string, Input<unknown>, string, string]>([
    ['stage', stageName({ doc }), '--all', 'no such name'],
    ['stage', stageName({ doc }), 'pre prod', 'no such name'],
    ['stage', stageName({ doc }), 'a_b', 'no such name'],
    ['text', text({ doc }), 'two\nlines', 'more than one line'],
    ['flag', flag({ doc }), 'yes', 'neither'],
    ['flag', flag({ doc }), 'True', 'neither'],
    ['choice', choice(['a', 'b'])({ doc }), 'A', 'none of these'],
    ['choices', choices(['a', 'b'])({ doc }), 'a,c', 'none of these'],
    ['choices', choices(['a', 'b'])({ doc }), ',', 'names none'],
    ['duration', duration({ doc }), '240', 'known unit'],
    ['duration', duration({ doc }), '-1s', 'known unit'],
    ['duration', duration({ doc }), 'Infinitys', 'known unit'],
    ['url', url({ doc }), 'shop.example.com', 'no http or https address'],
    ['url', url({ doc }), 'file:///etc/passwd', 'no http or https address'],
    ['url', url({ doc }), 'https://user:word@shop', 'a user name'],
    ['url', url({ doc }), 'https://shop/?', 'a query'],
    ['resourceName', resourceName({ doc }), 'Web', 'no such name'],
    ['resourceName', resourceName({ doc }), '--all', 'no such name'],
    ['resourceName', resourceName({ doc }), 'a/b', 'no such name'],
    ['resourceName', resourceName({ doc }), 'a'.repeat(254), 'no such name'],
    ['path', path({ doc }), '../file', 'leads out'],
    ['path', path({ doc }), '/etc/passwd', 'leads out'],
    ['path', path({ doc }), 'a\0b', 'NUL'],
    ['paths', paths({ doc }), 'ok\n/workspace2', 'leads out'],
    ['image by tag', image({ doc }), 'ghcr.io/o/n:latest', 'no digest'],
    ['image without registry', image({ doc }), `name@${digest}`, 'registry host'],
    ['image of Docker Hub short form', image({ doc }), `library/n@${digest}`, 'registry host'],
    ['image with upper case', image({ doc }), `ghcr.io/O/n@${digest}`, 'not valid'],
    ['image with a short digest', image({ doc }), 'ghcr.io/o/n@sha256:abc', '64 lower-case'],
    ['image with two digests', image({ doc }), `ghcr.io/o/n@${digest}@${digest}`, '64 lower-case'],
    ['image with an option in it', image({ doc }), `--help/n@${digest}`, 'registry host'],
    ['document', policy({ doc }), 'missing.yaml', 'no such file'],
    ['document', policy({ doc }), 'built-in:../secret.yaml', 'ships no such file'],
    ['document', policy({ doc }), 'built-in:policies/none.yaml', 'no such file'],
    ['document', policy({ doc }), 'bad.yaml', 'bad.yaml:1:10: version'],
  ])('%s', async (_, input, given, problem) => {
    const attempt = Promise.resolve().then(() => input.parse(given, scope));
    await expect(attempt).rejects.toThrow(InputProblem);
    await expect(attempt).rejects.toThrow(problem);
  });
});

describe('reading all inputs', () => {
  const inputs = {
    name: text({ doc }),
    within: duration({ default: '3s', doc }),
    token: secret({ doc }),
    note: text({ optional: true, doc }),
  };
  const read = (given: Record<string, string>) => readInputs(inputs, (name) => given[name] ?? '', scope);

  it('takes defaults, trims, and leaves optional ones undefined', async () => {
    expect(await read({ name: ' x ', token: 't' })).toEqual({ name: 'x', within: 3000, token: 't', note: undefined });
  });

  it('names every bad input at once, with what was given and what is allowed, and never a secret', async () => {
    const error = await read({ within: 'long', token: '' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).inputs.map(({ name, given }) => [name, given])).toEqual([
      ['name', ''],
      ['within', 'long'],
      ['token', ''],
    ]);
    expect((error as UsageError).message).toContain(
      'Input `within`: `long` cannot be used: it has no number with a known unit. Allowed: a number with a unit (ms, s, m, h, d), such as `240s`.',
    );
  });

  it('does not read a file of its own when another input is wrong: the error would only come later', async () => {
    let schemas = 0;
    const own = document(() => {
      schemas++;
      return Promise.resolve(z.strictObject({ version: z.int() }));
    })({ default: 'built-in:policies/own.yaml', doc });
    await expect(readInputs({ policy: own, name: text({ doc }) }, () => '', scope)).rejects.toThrow('`name`');
    expect(schemas).toBe(0);
    const read = await readInputs({ policy: own }, () => '', scope);
    expect(read.policy.value).toEqual({ version: 2 });
  });
});
