/** What seccomp-validate works with, in one chunk of `dist/` that no error about an input waits for. */
export { judgeTree, profileTable, serviceTable } from '../seccomp/tree/judge-tree.ts';
export { readSeccompTree } from '../seccomp/tree/tree.ts';
export { checkServices } from '../services/check.ts';
export { applyWaivers } from '../waivers/apply.ts';
export { readLoosenings } from './seccomp-base.ts';
export { startServices } from './seccomp-starts.ts';
