import { describe, expect, it } from '@jest/globals';
import type { Context } from '../definition/context.ts';
import { defineAction } from '../definition/define.ts';
import { ProgramError } from '../effects/effects.ts';
import { runMain } from './frame.ts';
import { exitCodes, type Host } from './host.ts';

/** A host that keeps what it is told. */
function recordingHost(): { host: Host; lines: string[]; outputs: Record<string, string> } {
  const lines: string[] = [];
  const outputs: Record<string, string> = {};
  const context = { clock: { now: () => new Date(0) }, run: undefined } as unknown as Context;
  const host: Host = {
    given: (name) => (name === 'mode' ? 'enforce' : ''),
    mask: () => undefined,
    scope: { root: '/', temp: '/', files: context.files, packaged: (path) => path },
    context: () => context,
    print: (printed) => void lines.push(...printed),
    annotate: () => undefined,
    summarize: () => Promise.resolve(),
    write: (name) => Promise.resolve(name),
    writeStatement: () => Promise.resolve(),
    evidenceFolder: '/evidence',
    setOutput: (name, value) => void (outputs[name] = value),
  };
  return { host, lines, outputs };
}

const scan = defineAction({
  name: 'scan',
  title: 'Scan',
  description: 'Runs a program that cannot be had.',
  icon: 'lock',
  inputs: {},
  outputs: {},
  permissions: [],
  run: () => Promise.reject(new ProgramError('trivy 0.74.0 cannot be fetched.', 'Check the network.')),
});

describe('an action whose program cannot be had', () => {
  it('is inconclusive, and its report says what is missing and what to do', async () => {
    const { host, lines, outputs } = recordingHost();
    expect(await runMain(scan, host)).toBe(exitCodes.inconclusive);
    expect(outputs.verdict).toBe('inconclusive');
    const log = lines.join('\n');
    expect(log).toContain('gate/no-program');
    expect(log).toContain('trivy 0.74.0 cannot be fetched.');
    expect(log).toContain('Check the network.');
  });
});
