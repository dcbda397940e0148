import { InputProblem, type Input, type Inputs, type InputScope, type ValuesOf } from './inputs.ts';

/** One input that cannot be used. `given` is empty for a secret: its value is not repeated. */
export interface BadInput {
  readonly name: string;
  readonly given: string;
  readonly problem: string;
  readonly allowed: string;
}

/** The user called the action wrongly. All bad inputs at once. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly inputs: readonly BadInput[];
  constructor(message: string, inputs: readonly BadInput[] = []) {
    super(message);
    this.inputs = inputs;
  }
}

/** A sentence about one bad input, with what was given and what is allowed. */
export function badInputText({ name, given, problem, allowed }: BadInput): string {
  const what = given === '' ? problem : `\`${given}\` cannot be used: ${problem}`;
  return `Input \`${name}\`: ${what}. Allowed: ${allowed}.`;
}

/**
 * Reads every input of a definition.
 * @param given raw text of an input; empty when it was not given
 * @throws UsageError that names every bad input
 */
export async function readInputs<I extends Inputs>(
  inputs: I,
  given: (name: string) => string,
  scope: InputScope,
): Promise<ValuesOf<I>> {
  const bad: BadInput[] = [];
  const values: Record<string, unknown> = {};
  const read = async (name: string, input: Input<unknown>): Promise<void> => {
    try {
      values[name] = await readInput(input, given(name).trim(), scope);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      const shown = input.secret ? '' : given(name).trim();
      bad.push({ name, given: shown, problem: error.message, allowed: input.allowed });
    }
  };
  const refuseBad = (): void => {
    if (bad.length > 0) throw new UsageError(bad.map(badInputText).join('\n'), bad);
  };
  const isDefault = (name: string): boolean => given(name).trim() === '' && inputs[name]?.default !== undefined;
  for (const [name, input] of Object.entries(inputs)) if (!isDefault(name)) await read(name, input);
  refuseBad();
  // A default is no mistake of the user, and reading one may load a library: an error need not wait for it.
  for (const [name, input] of Object.entries(inputs)) if (isDefault(name)) await read(name, input);
  refuseBad();
  return values as ValuesOf<I>;
}

function readInput<T>(input: Input<T>, given: string, scope: InputScope): T | Promise<T> {
  if (given === '' && input.required) throw new InputProblem('it is required and was not given');
  return input.parse(given === '' ? defaultOf(input) : given, scope);
}

/** A default such as `${{ github.token }}` is filled in by the runner of an action; nobody else can. */
function defaultOf({ default: value = '' }: Input<unknown>): string {
  return value.startsWith('${{') ? '' : value;
}
