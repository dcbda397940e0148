import { ProgramError, type Exec, type ExecResult, type FindProgram } from '../../effects/effects.ts';
import type { Finding, Place } from '../../report/report.ts';
import { cut } from '../../report/text.ts';
import { servicesRules } from '../rules.ts';
import type { Workspace } from '../workspace.ts';

/** What rendering needs of the world. */
export interface RenderTools {
  readonly exec: Exec;
  readonly program: FindProgram;
  /** What helm and kubectl see; without it what every program sees. */
  readonly environment?: Readonly<Record<string, string>>;
}

const timeout = 60_000;
const maxOutput = 16 * 1024 * 1024;
const maxMessage = 1000;

/**
 * Runs a program that prints manifests.
 * @param args with paths relative to `root`, where it runs
 * @param place the file that says what is rendered, for the finding that is returned when it cannot be
 */
export async function render(
  program: 'helm' | 'kubectl',
  args: readonly string[],
  place: Place,
  root: string,
  { exec, program: find, environment }: RenderTools,
): Promise<{ text: string } | { finding: Finding }> {
  let path: string;
  try {
    ({ path } = await find(program));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return {
      finding: {
        ...notRendered(`Not rendered: ${error.message}`, place),
        fix: error.fix,
      },
    };
  }
  const ended = await exec(path, args, { cwd: root, timeout, maxOutput, ...(environment && { env: environment }) });
  if (ended.code === 0 && !ended.timedOut && !ended.truncated) return { text: ended.stdout };
  return { finding: notRendered(`\`${[program, ...args].join(' ')}\` failed: ${reasonOf(ended)}`, place) };
}

/** A folder from the workspace's root, in a form that no program takes for the name of something else. */
export function folderName(folder: string, workspace: Workspace): string {
  return `./${workspace.name(folder)}`;
}

export function notRendered(message: string, place: Place): Finding {
  return { rule: servicesRules.notRendered, message, place };
}

function reasonOf({ timedOut, truncated, stderr, signal, code }: ExecResult): string {
  if (timedOut) return `it did not end within ${timeout / 1000} s.`;
  if (truncated) return `it printed more than ${maxOutput} bytes.`;
  return (
    cut(stderr.trim(), maxMessage) || `it ended with ${signal ?? `exit code ${code ?? 'unknown'}`} and said nothing.`
  );
}
