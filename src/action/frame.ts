import { subjectsGiven } from '../actions/subjects.ts';
import type { Call, Definition } from '../definition/define.ts';
import type { Inputs } from '../definition/inputs.ts';
import { badInputText, readInputs, UsageError } from '../definition/values.ts';
import { ProgramError } from '../effects/effects.ts';
import { renderAnnotations, type Annotation } from '../report/annotations.ts';
import { renderStatements, type GateRun } from '../report/evidence.ts';
import { renderJson } from '../report/json.ts';
import { renderLog, safeLine } from '../report/log.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { maskFor, maskReport } from '../report/mask.ts';
import { conclude, type Report } from '../report/report.ts';
import { gateRules } from '../report/rules.ts';
import { renderSarif } from '../report/sarif.ts';
import { homepage, version } from '../definition/about.ts';
import { exitCodes, type Host } from './host.ts';

/**
 * Runs the main phase of an action: inputs, work, verdict, and everything that is made from it.
 * @returns the exit code: a mistake of the user, the verdict of the gate and a bug of ours are told apart
 */
export async function runMain(definition: Definition, host: Host): Promise<number> {
  const observed = host.given('mode').trim() === 'observe';
  try {
    maskSecrets(definition, host);
    const inputs = await readInputs(definition.inputs, (name) => host.given(name), host.scope);
    const call = { inputs, context: host.context() };
    const report = await reportOf(definition, call);
    await publish(definition, call, report, observed, host);
    return observed ? exitCodes.pass : exitCodes[report.verdict];
  } catch (error) {
    const code = tellError(error, host);
    return observed ? exitCodes.pass : code;
  }
}

/**
 * A program that cannot be had is no bug and no wrong use: the gate cannot tell, and its report says why, of the same
 * subject as always. Without one nothing could be signed, and an older pass would stay the newest word.
 */
async function reportOf(definition: Definition, call: Call<Inputs>): Promise<Report> {
  try {
    return await definition.run(call);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const finding = { rule: gateRules.noProgram, message: error.message, fix: error.fix };
    const subjects = subjectsGiven(call.inputs, call.context);
    return conclude({ examined: { count: 1, what: 'program' }, findings: [finding], passed: '', subjects });
  }
}

/** Runs the clean-up of an action. It tells what went wrong and never fails the job. */
export async function runPost(definition: Definition, host: Host): Promise<number> {
  if (definition.post === undefined) return exitCodes.pass;
  try {
    maskSecrets(definition, host);
    const inputs = await readInputs(definition.inputs, (name) => host.given(name), host.scope);
    await definition.post({ inputs, context: host.context() });
  } catch (error) {
    host.annotate([{ type: 'warning', title: `${definition.name}: clean-up failed`, message: messageOf(error) }]);
  }
  return exitCodes.pass;
}

function maskSecrets({ inputs }: Definition, host: Host): void {
  for (const [name, input] of Object.entries(inputs)) {
    if (input.secret && host.given(name) !== '') host.mask(host.given(name));
  }
}

/** Masks once, then renders every form of the report. */
async function publish(
  definition: Definition,
  { inputs: { stage }, context }: Call<Inputs>,
  raw: Report,
  observed: boolean,
  host: Host,
): Promise<void> {
  const { inputs, name } = definition;
  const secrets = Object.keys(inputs)
    .filter((input) => inputs[input]?.secret)
    .map((input) => host.given(input));
  const report = maskReport(raw, maskFor(secrets));
  const run: GateRun = {
    gate: name,
    verifier: `${homepage}/actions/${name}@${version}`,
    mode: observed ? 'observe' : 'enforce',
    finishedOn: context.clock.now().toISOString(),
    ...(typeof stage === 'string' && { stage }),
    url: context.run?.url ?? '',
  };
  host.print(renderLog(report));
  host.annotate(observed ? renderAnnotations(report).map(softened) : renderAnnotations(report));
  await host.summarize(renderMarkdown(report, observed ? `${definition.title} (observed)` : definition.title));
  for (const [index, statement] of renderStatements(report, run, definition.isTest).entries()) {
    await host.writeStatement(`${name}-${index}.json`, `${JSON.stringify(statement)}\n`);
  }
  host.setOutput('verdict', report.verdict);
  host.setOutput('report', await host.write('report.json', renderJson(report, name)));
  host.setOutput('sarif', await host.write('results.sarif', renderSarif(report, name, version, homepage)));
  host.setOutput('evidence', host.evidenceFolder);
  for (const [output, value] of Object.entries(report.outputs)) host.setOutput(output, String(value));
}

/** What is observed must not look like a failure. */
function softened(annotation: Annotation): Annotation {
  return annotation.type === 'error' ? { ...annotation, type: 'warning' } : annotation;
}

function tellError(error: unknown, host: Host): number {
  if (error instanceof UsageError) {
    const messages = error.inputs.length > 0 ? error.inputs.map(badInputText) : [error.message];
    host.annotate(messages.map((message) => ({ type: 'error', title: 'Wrong use', message })));
    return exitCodes.usage;
  }
  host.annotate([
    {
      type: 'error',
      title: 'Slipway broke',
      message: `${messageOf(error)} This is no verdict: the gate did not finish. If it looks like a bug, report it at ${homepage}/issues with the lines below.`,
    },
  ]);
  host.print(stackOf(error).map(safeLine));
  return exitCodes.bug;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? error.message).split('\n') : [];
  const cause = error instanceof Error && error.cause !== undefined ? [`caused by ${messageOf(error.cause)}`] : [];
  return [...lines, ...cause];
}
