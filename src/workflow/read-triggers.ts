import type { Node } from '../documents/node.ts';
import type { FieldReader } from './fields.ts';
import type { CallInput, CallInterface, CallSecret, Draft, EventName, InputType, Trigger, Workflow } from './model.ts';
import type { Named } from './template.ts';

const events: readonly EventName[] = ['pull_request', 'merge_group', 'push'];
const inputTypes: [InputType, ...InputType[]] = ['string', 'number', 'boolean'];

/** Reads `on:` in its three forms: one event, a list of events, events with filters. */
export function readTriggers(node: Node, reader: FieldReader): Pick<Workflow, 'triggers' | 'call'> {
  const read: { triggers: Trigger[]; call: CallInterface | undefined } = { triggers: [], call: undefined };
  const named = node.kind === 'mapping' ? node.entries : reader.items(node).map((key) => ({ key, value: undefined }));
  for (const { key, value } of named) {
    const name = reader.text(key);
    const event = events.find((one) => one === name);
    if (event !== undefined) read.triggers.push({ event, ...readFilters(value, reader), ...placeOf(key) });
    else if (name === 'workflow_call') read.call = readCall(value, reader);
    else
      reader.report(
        key,
        `The event \`${name}\` is not supported. Supported are ${events.join(', ')} and workflow_call.`,
      );
  }
  return read;
}

function placeOf({ line, column }: Node): { line: number; column: number } {
  return { line, column };
}

type Filters = Pick<Trigger, 'types' | 'branches' | 'branchesIgnore'>;

function readFilters(node: Node | undefined, reader: FieldReader): Filters {
  const filters: Draft<Filters> = {
    types: undefined,
    branches: undefined,
    branchesIgnore: undefined,
  };
  const patterns = (list: Node): string[] => {
    for (const item of reader.items(list))
      if (/[?+[\]!]/.test(reader.text(item)))
        reader.report(item, 'In a branch pattern only `*` and `**` are supported.');
    return reader.texts(list);
  };
  if (node !== undefined)
    reader.fields(node, 'an event', {
      types: (list) => (filters.types = reader.texts(list)),
      branches: (list) => (filters.branches = patterns(list)),
      'branches-ignore': (list) => (filters.branchesIgnore = patterns(list)),
    });
  return filters;
}

function readCall(node: Node | undefined, reader: FieldReader): CallInterface {
  const call: Draft<CallInterface> = { inputs: [], secrets: [], outputs: [] };
  if (node !== undefined)
    reader.fields(node, '`workflow_call`', {
      inputs: (inputs) => (call.inputs = reader.entries(inputs).map(({ key, value }) => readInput(key, value, reader))),
      secrets: (secrets) =>
        (call.secrets = reader.entries(secrets).map(({ key, value }) => readSecret(key, value, reader))),
      outputs: (outputs) =>
        (call.outputs = reader.entries(outputs).flatMap(({ key, value }) => readOutput(key, value, reader))),
    });
  return call;
}

function readInput(key: Node, node: Node, reader: FieldReader): CallInput {
  const input: Draft<CallInput> = {
    name: reader.text(key),
    type: 'string',
    required: false,
    default: undefined,
    ...placeOf(key),
  };
  reader.fields(node, 'an input', {
    description: () => undefined,
    type: (type) => (input.type = reader.choice(type, inputTypes)),
    required: (flag) => (input.required = reader.flag(flag)),
    default: (value) => (input.default = reader.template(value)),
  });
  return input;
}

function readSecret(key: Node, node: Node, reader: FieldReader): CallSecret {
  let required = false;
  reader.fields(node, 'a secret', {
    description: () => undefined,
    required: (flag) => (required = reader.flag(flag)),
  });
  return { name: reader.text(key), required, ...placeOf(key) };
}

function readOutput(key: Node, node: Node, reader: FieldReader): Named[] {
  const outputs: Named[] = [];
  reader.fields(node, 'an output', {
    description: () => undefined,
    value: (value) => outputs.push({ name: reader.text(key), value: reader.template(value), ...placeOf(key) }),
  });
  return outputs;
}
