import { join } from 'node:path';
import { ProgramError } from '../effects/effects.ts';
import type { Workshop } from '../tools/workshop.ts';
import type { Builder } from '../workflow/stand-in.ts';

const shownLines = 20;

/**
 * Builds the Dockerfile of a folder outside any workflow and pushes it.
 * @param tag registry, repository and tag
 * @param temp a folder that exists
 * @returns digest of the image
 * @throws ProgramError with the last lines of the build
 */
export async function buildAndPush(
  builder: Builder,
  context: string,
  tag: string,
  temp: string,
  { env, signal }: Workshop,
): Promise<string> {
  const lines: string[] = [];
  try {
    const { digest } = await builder.build({
      context,
      file: join(context, 'Dockerfile'),
      buildArguments: [],
      labels: [],
      tags: [tag],
      push: true,
      layout: undefined,
      environment: env,
      temp,
      signal,
      log: (line) => lines.push(line),
    });
    return digest;
  } catch (error) {
    const said = [...lines.slice(-shownLines), (error as Error).message].join('\n');
    throw new ProgramError(`${tag} could not be built:\n${said}`, `The Dockerfile is in ${context}.`);
  }
}
