import type { NodeAction } from './action.ts';
import { parseExpression, type Expression } from './expression.ts';
import type { RunDefaults, RunStep, Step, UsesStep } from './model.ts';
import type { StepsJobPlan } from './plan.ts';
import type { StandIn } from './stand-in.ts';
import { sourceText } from './template.ts';

/** One thing that a job does: a step, or what an action does before or after it. */
export type StepTask = RunTask | ActionTask | StandInTask;

interface TaskBase {
  readonly phase: 'pre' | 'main' | 'post';
  readonly name: string;
  /** GITHUB_ACTION: the id of the step, or one that is made up and starts with two underscores. */
  readonly key: string;
  readonly condition: Expression;
}

export interface RunTask extends TaskBase {
  readonly kind: 'run';
  readonly step: RunStep;
  readonly defaults: RunDefaults;
}

export interface ActionTask extends TaskBase {
  readonly kind: 'action';
  readonly step: UsesStep;
  readonly action: NodeAction;
  readonly script: string;
  /** What the action saved through GITHUB_STATE; shared by its phases. */
  readonly state: Map<string, string>;
}

export interface StandInTask extends TaskBase {
  readonly kind: 'stand-in';
  readonly step: UsesStep;
  readonly standIn: StandIn;
}

/** What a step does before all steps, in its turn, and after all steps. */
export interface StepTasks {
  readonly pre?: StepTask;
  readonly main: StepTask;
  readonly post?: StepTask;
}

/** @param workflowDefaults what the workflow says where the job says nothing */
export function stepTasks({ job, actions }: StepsJobPlan, workflowDefaults: RunDefaults): StepTasks[] {
  const defaults = { ...workflowDefaults, ...job.runDefaults };
  const keys = stepKeys(job.steps);
  return job.steps.map((step, index) => {
    const base = { phase: 'main', name: stepName(step), key: keys[index] ?? '', condition: step.if } as const;
    if (step.kind === 'run') return { main: { ...base, kind: 'run', step, defaults } };
    const action = actions.get(step);
    if (action === undefined) throw new Error(`The step \`${step.uses.text}\` was not planned.`);
    return 'main' in action
      ? actionTasks({ ...base, kind: 'action', step, action, script: action.main, state: new Map() })
      : standInTasks({ ...base, kind: 'stand-in', step, standIn: action });
  });
}

function actionTasks(main: ActionTask): StepTasks {
  const { action, name } = main;
  return {
    main,
    ...(action.pre !== undefined && {
      pre: { ...main, phase: 'pre', name: `Pre ${name}`, script: action.pre, condition: action.preIf },
    }),
    ...(action.post !== undefined && {
      post: { ...main, phase: 'post', name: `Post ${name}`, script: action.post, condition: action.postIf },
    }),
  };
}

function standInTasks(main: StandInTask): StepTasks {
  if (main.standIn.post === undefined) return { main };
  return { main, post: { ...main, phase: 'post', name: `Post ${main.name}`, condition: parseExpression('always()') } };
}

/** Before any step runs, its name is as it is written; a run step without one is named by its first line. */
function stepName(step: Step): string {
  if (step.name !== undefined) return firstLine(sourceText(step.name));
  return `Run ${step.kind === 'run' ? firstLine(sourceText(step.run)) : step.uses.text}`;
}

export function firstLine(text: string): string {
  return text.trimStart().split(/\r?\n/, 1)[0] ?? '';
}

/** In the runner's manner: `__run`, `__run_2`, `__owner_name`; GitHub reserves ids that start so. */
function stepKeys(steps: readonly Step[]): string[] {
  const used = new Set<string>();
  return steps.map((step) => {
    if (step.id !== undefined) return step.id;
    const base = step.kind === 'run' ? '__run' : `__${step.uses.text.replace(/@.*$/, '').replace(/\W+/g, '_')}`;
    let key = base;
    for (let number = 2; used.has(key); number++) key = `${base}_${number}`;
    used.add(key);
    return key;
  });
}
