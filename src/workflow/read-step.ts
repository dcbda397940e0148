import { get, type Node } from '../documents/node.ts';
import type { FieldReader, Fields } from './fields.ts';
import type { Draft, RunStep, Shell, Step, UsesStep } from './model.ts';

const noBackground = 'Steps run one after the other.';

export function readStep(node: Node, reader: FieldReader): Step {
  return get(node, 'uses') === undefined ? readRunStep(node, reader) : readUsesStep(node, reader);
}

function readRunStep(node: Node, reader: FieldReader): RunStep {
  const step: Draft<RunStep> = {
    ...stepStart(node, reader),
    kind: 'run',
    run: { line: node.line, column: node.column, parts: [] },
    shell: undefined,
    workingDirectory: undefined,
  };
  reader.fields(node, 'a step', {
    ...stepFields(step, reader),
    run: (value) => (step.run = reader.template(value)),
    shell: (value) => (step.shell = reader.choice<Shell>(value, ['bash', 'sh'])),
    'working-directory': (value) => (step.workingDirectory = reader.template(value)),
  });
  return step;
}

function readUsesStep(node: Node, reader: FieldReader): UsesStep {
  const step: Draft<UsesStep> = {
    ...stepStart(node, reader),
    kind: 'uses',
    uses: { text: '', line: node.line, column: node.column },
    with: [],
  };
  reader.fields(node, 'a step', {
    ...stepFields(step, reader),
    uses: (value) => (step.uses = { text: reader.text(value), line: value.line, column: value.column }),
    with: (value) => (step.with = reader.named(value)),
  });
  return step;
}

function stepStart(node: Node, reader: FieldReader): Omit<RunStep, 'kind' | 'run' | 'shell' | 'workingDirectory'> {
  return {
    id: undefined,
    name: undefined,
    if: reader.condition(get(node, 'if')),
    env: [],
    timeoutMinutes: undefined,
    continueOnError: undefined,
    line: node.line,
    column: node.column,
  };
}

/** The keys that both kinds of step share. */
function stepFields(step: Draft<RunStep> | Draft<UsesStep>, reader: FieldReader): Fields {
  return {
    id: (value) => (step.id = reader.text(value)),
    name: (value) => (step.name = reader.template(value)),
    if: () => undefined,
    env: (value) => (step.env = reader.named(value)),
    'timeout-minutes': (value) => (step.timeoutMinutes = reader.minutes(value)),
    'continue-on-error': (value) => (step.continueOnError = reader.template(value)),
    background: noBackground,
    wait: noBackground,
    'wait-all': noBackground,
    cancel: noBackground,
    parallel: noBackground,
  };
}
