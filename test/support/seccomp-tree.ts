import { ProgramError } from '../../src/effects/effects.ts';
import { readSeccompTree, type SeccompTree } from '../../src/seccomp/tree/tree.ts';
import { memoryFiles } from './memory-files.ts';

/** What is found in a workspace `/w` of these files, on a machine without Helm and kubectl. */
export function treeOf(content: Readonly<Record<string, string>>): Promise<SeccompTree> {
  const files = Object.fromEntries(Object.entries(content).map(([path, text]) => [`/w/${path}`, text]));
  return readSeccompTree(memoryFiles(files), '/w', ['/w'], {
    exec: () => Promise.reject(new Error('no program runs here')),
    program: (name) => Promise.reject(new ProgramError(`no ${name}`, 'install it')),
  });
}
