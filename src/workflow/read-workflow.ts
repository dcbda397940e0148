import type { Node } from '../documents/node.ts';
import { FieldReader } from './fields.ts';
import type { Draft, Workflow } from './model.ts';
import type { ReportProblem } from './problem.ts';
import { readConcurrency, readDefaults, readPermissions } from './read-blocks.ts';
import { readJobs } from './read-job.ts';
import { readTriggers } from './read-triggers.ts';

/**
 * Reads a workflow file that the official parser found valid. Everything beyond what the engine supports is reported
 * with its place and the reason.
 */
export function readWorkflow(root: Node, report: ReportProblem): Workflow {
  const reader = new FieldReader(report);
  const read: Draft<Workflow> = {
    name: undefined,
    triggers: [],
    call: undefined,
    env: [],
    runDefaults: {},
    permissions: undefined,
    concurrency: undefined,
    jobs: [],
  };
  reader.fields(root, 'a workflow', {
    name: (node) => (read.name = reader.text(node)),
    'run-name': () => undefined,
    on: (node) => Object.assign(read, readTriggers(node, reader)),
    env: (node) => (read.env = reader.named(node)),
    defaults: (node) => (read.runDefaults = readDefaults(node, reader)),
    permissions: (node) => (read.permissions = readPermissions(node, reader)),
    concurrency: (node) => (read.concurrency = readConcurrency(node, reader)),
    jobs: (node) => (read.jobs = readJobs(node, reader)),
  });
  return read;
}
