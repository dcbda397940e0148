import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { document } from './document.ts';
import type { InputScope } from './inputs.ts';
import { readInputs } from './values.ts';

const policy = document(() => Promise.resolve(z.strictObject({ version: z.literal(1) })))({ doc: 'doc' });
const scope: InputScope = {
  ...{ root: '/work', temp: '/temp', packaged: (path: string) => `/slipway/${path}` },
  files: memoryFiles({
    '/work/good.yaml': 'version: 1',
    '/work/largest.yaml': 'version: 1'.padEnd(2 ** 20),
    '/work/too-large.yaml': 'version: 1'.padEnd(2 ** 20 + 1),
    '/work/wrong.yaml': 'version: 1\nversoin: 2\n',
    '/slipway/policies/shipped.yaml': 'version: 1',
  }),
};
const read = (given: string): Promise<{ policy: unknown }> => readInputs({ policy }, () => given, scope);

describe('a document', () => {
  it.each([
    ['good.yaml', 'good.yaml'],
    ['largest.yaml', 'largest.yaml'],
    ['built-in:policies/shipped.yaml', 'slipway:policies/shipped.yaml'],
  ])('`%s` is read, and named with its digest', async (given, name) => {
    const digest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(await read(given)).toEqual({ policy: { value: { version: 1 }, name, sha256: digest } });
  });

  it.each([
    ['too-large.yaml', 'the file is larger than 1048576 bytes'],
    ['gone.yaml', 'there is no such file'],
    ['wrong.yaml', 'the file is not valid:\nwrong.yaml:1:1: Unrecognized key: "versoin"'],
    ['../good.yaml', 'it leads out of the workspace'],
    ['built-in:policies/../good.yaml', 'Slipway ships no such file'],
  ])('`%s` cannot be used', async (given, problem) => {
    await expect(read(given)).rejects.toThrow(`Input \`policy\`: \`${given}\` cannot be used: ${problem}`);
  });
});
