import { resolve } from 'node:path';
import type { Finding } from '../../src/report/report.ts';
import { placeText } from '../../src/report/text.ts';
import { readServices, type FoundServices, type ServicesOptions } from '../../src/services/read.ts';
import type { Service } from '../../src/services/service.ts';
import { memoryFiles } from './memory-files.ts';

const noProgram = (): Promise<never> => Promise.reject(new Error('no program may be run'));

/** What is found in a workspace of these files, named from its root; `/name` is one outside. */
export function servicesIn(
  content: Record<string, string>,
  options: Partial<ServicesOptions> = {},
  paths: readonly string[] = ['/work'],
): Promise<FoundServices> {
  const files = Object.fromEntries(Object.entries(content).map(([path, text]) => [resolve('/work', path), text]));
  return readServices(memoryFiles(files), '/work', paths, { exec: noProgram, program: noProgram, ...options });
}

/** The only service of a Compose file with one service `a` that has these lines. */
export async function composeServiceOf(lines: string, more: Record<string, string> = {}): Promise<Service> {
  const { services } = await servicesIn({ 'compose.yaml': composeFile(lines), ...more });
  if (services[0] === undefined) throw new Error('no service was found');
  return services[0];
}

export function composeFile(lines: string): string {
  const indented = lines.split('\n').map((line) => `    ${line}`);
  return `services:\n  a:\n    image: x\n${indented.join('\n')}\n`;
}

/** Findings as `rule place: message`. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, place, message }) => `${rule.id} ${placeText(place)}: ${message}`);
}
