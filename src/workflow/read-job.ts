import type { Node, ScalarNode } from '../documents/node.ts';
import { get } from '../documents/node.ts';
import type { FieldReader, Fields } from './fields.ts';
import type { CallJob, Draft, Environment, Job, StepsJob } from './model.ts';
import { readConcurrency, readDefaults, readPermissions } from './read-blocks.ts';
import { readStep } from './read-step.ts';

const noMatrix = 'Matrix jobs come with the workflow that needs them: write the jobs out.';
const noContainers = 'There is no container engine behind this run.';

export function readJobs(node: Node, reader: FieldReader): Job[] {
  return reader
    .entries(node)
    .map(({ key, value }) =>
      get(value, 'uses') === undefined ? readStepsJob(key, value, reader) : readCallJob(key, value, reader),
    );
}

function readStepsJob(key: ScalarNode, node: Node, reader: FieldReader): StepsJob {
  const job: Draft<StepsJob> = {
    ...jobStart(key, node, reader),
    kind: 'steps',
    runsOn: [],
    timeoutMinutes: undefined,
    env: [],
    runDefaults: {},
    environment: undefined,
    outputs: [],
    steps: [],
  };
  reader.fields(node, 'a job', {
    ...jobFields(job, reader),
    'runs-on': (value) => {
      if (value.kind === 'mapping') reader.report(value, 'A runner group is not supported: name the labels.');
      else job.runsOn = reader.items(value).map((label) => reader.template(label));
    },
    'timeout-minutes': (value) => (job.timeoutMinutes = reader.minutes(value)),
    env: (value) => (job.env = reader.named(value)),
    defaults: (value) => (job.runDefaults = readDefaults(value, reader)),
    environment: (value) => (job.environment = readEnvironment(value, reader)),
    outputs: (value) => (job.outputs = reader.named(value)),
    steps: (value) => (job.steps = reader.items(value).map((step) => readStep(step, reader))),
    container: noContainers,
    services: noContainers,
    'continue-on-error': 'A job that may fail unseen is no gate: let the job that needs it decide with `if: always()`.',
  });
  return job;
}

function readCallJob(key: ScalarNode, node: Node, reader: FieldReader): CallJob {
  const job: Draft<CallJob> = {
    ...jobStart(key, node, reader),
    kind: 'call',
    uses: { text: '', line: node.line, column: node.column },
    with: [],
    secrets: [],
  };
  reader.fields(node, 'a job that calls a workflow', {
    ...jobFields(job, reader),
    uses: (value) => (job.uses = { text: reader.text(value), line: value.line, column: value.column }),
    with: (value) => (job.with = reader.named(value)),
    secrets: (value) => {
      if (value.kind === 'scalar')
        reader.report(
          value,
          '`secrets: inherit` is not supported: name the secrets, so that each is seen where it goes.',
        );
      else job.secrets = reader.named(value);
    },
  });
  return job;
}

function jobStart(
  key: ScalarNode,
  node: Node,
  reader: FieldReader,
): Omit<CallJob, 'kind' | 'uses' | 'with' | 'secrets'> {
  return {
    id: String(key.value),
    name: undefined,
    needs: [],
    if: reader.condition(get(node, 'if')),
    permissions: undefined,
    concurrency: undefined,
    line: key.line,
    column: key.column,
  };
}

/** The keys that both kinds of job share. */
function jobFields(job: Draft<StepsJob> | Draft<CallJob>, reader: FieldReader): Fields {
  return {
    name: (value) => (job.name = reader.template(value)),
    needs: (value) => (job.needs = reader.texts(value)),
    if: () => undefined,
    permissions: (value) => (job.permissions = readPermissions(value, reader)),
    concurrency: (value) => (job.concurrency = readConcurrency(value, reader)),
    strategy: noMatrix,
  };
}

function readEnvironment(node: Node, reader: FieldReader): Environment {
  if (node.kind === 'scalar') return { name: reader.template(node), url: undefined, deployment: true };
  const environment: Draft<Environment> = {
    name: { line: node.line, column: node.column, parts: [] },
    url: undefined,
    deployment: true,
  };
  reader.fields(node, '`environment`', {
    name: (value) => (environment.name = reader.template(value)),
    url: (value) => (environment.url = reader.template(value)),
    deployment: (value) => (environment.deployment = reader.flag(value)),
  });
  return environment;
}
