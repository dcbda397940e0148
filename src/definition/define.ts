import type { Report } from '../report/report.ts';
import type { Context } from './context.ts';
import { choice, type Inputs, type ValuesOf } from './inputs.ts';

/** What an output holds; its value comes from the report's `outputs`, or from the frame for the common ones. */
export type Outputs = Readonly<Record<string, string>>;

/** A permission of the job that calls the action, with the reason a reader of the workflow would want. */
export interface Permission {
  readonly scope: string;
  readonly access: 'read' | 'write';
  readonly why: string;
}

/** One action: everything `action.yml`, the README, the command line and the runner need to know about it. */
export interface Definition<I extends Inputs = Inputs> {
  /** Kebab-case; also the folder below `actions/` and the command of the CLI. */
  readonly name: string;
  readonly title: string;
  /** One sentence, as the marketplace shows it. */
  readonly description: string;
  readonly icon: string;
  readonly inputs: I;
  readonly outputs: Outputs;
  readonly permissions: readonly Permission[];
  /** Whether the verdict is also written as an in-toto test result. */
  readonly isTest: boolean;
  /** Does the gate's work. It never prints, sets outputs or exits: the frame does. */
  run(this: void, call: Call<I>): Promise<Report>;
  /** Cleans up after `run`, also when that failed or was cancelled; it never turns a good job red. */
  post?(this: void, call: Call<I>): Promise<void>;
}

export interface Call<I extends Inputs> {
  readonly inputs: ValuesOf<I>;
  readonly context: Context;
}

/** Inputs that every action has. */
const commonInputs = {
  mode: choice(['enforce', 'observe'])({
    default: 'enforce',
    doc: 'With `observe` the step never fails, the verdict stays true, and the evidence never satisfies a promotion.',
  }),
};

/** Outputs that every action has; the frame fills them. */
export const commonOutputs: Outputs = {
  verdict: '`pass`, `fail` or `inconclusive`. Empty when the action was used wrongly or broke.',
  report: 'Path of the report as JSON (`schemas/report.json`).',
  evidence: 'Folder of the in-toto statements, not yet signed. Empty folder when there was no subject.',
  sarif: 'Path of the findings as SARIF 2.1.0.',
};

type Common = typeof commonInputs;

/** Declares an action; the common inputs are added. */
export function defineAction<const I extends Inputs>(
  own: Omit<Definition<I & Common>, 'inputs' | 'isTest'> & { readonly inputs: I; readonly isTest?: boolean },
): Definition<I & Common> {
  return { ...own, isTest: own.isTest ?? false, inputs: { ...own.inputs, ...commonInputs } };
}
