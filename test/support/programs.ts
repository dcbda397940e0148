import { realWorkshop } from '../../src/action/workshop.ts';
import { install } from '../../src/tools/install.ts';

const found = new Map<string, Promise<string>>();

/**
 * Path of an external program for a test. A missing one is built, fetched or installed as `npm run tools <name>` does;
 * a test that cannot have its program fails.
 */
export function program(name: string): Promise<string> {
  const path = found.get(name) ?? installed(name);
  found.set(name, path);
  return path;
}

async function installed(name: string): Promise<string> {
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const workshop = realWorkshop(process.cwd(), say, new AbortController().signal);
  const [only] = await install([name], { release: false }, workshop);
  return only?.path ?? '';
}
