import { get, type Node } from '../documents/node.ts';
import { parseYaml } from '../documents/yaml.ts';
import type { Platform } from './manifest.ts';

/** What an update found out about a program's release. */
export interface Recomputed {
  readonly version: string;
  readonly basis: string;
  readonly assets: Partial<Record<Platform, { sha256: string; size: number; binarySha256?: string }>>;
}

/**
 * The text of the manifest with one program's values replaced. Comments and everything else stay as they are, which a
 * YAML writer would not do.
 */
export function rewriteProgram(text: string, name: string, { version, basis, assets }: Recomputed): string {
  const lines: (string | undefined)[] = text.split('\n');
  const put = (node: Node | undefined, key: string, value: string, more: readonly string[] = []): void => {
    const line = lineOf(node, key);
    // A comment behind the value stays.
    const [, before = '', indent = '', comment = ''] = /^((\s*)[\w-]+: ).*?( #.*)?$/.exec(lines[line] ?? '') ?? [];
    lines[line] = [`${before}${value}${comment}`, ...more.map((added) => `${indent}${added}`)].join('\n');
  };
  const program = get(get(parseYaml(text), 'programs'), name);
  put(program, 'version', version);
  put(program, 'basis', basis);
  for (const [platform, { sha256, size, binarySha256 }] of Object.entries(assets)) {
    const asset = get(get(program, 'assets'), platform);
    for (const key of ['size', 'binary-sha256']) {
      if (get(asset, key) !== undefined) lines[lineOf(asset, key)] = undefined;
    }
    const binary = binarySha256 === undefined ? [] : [`binary-sha256: ${binarySha256}`];
    put(asset, 'sha256', sha256, [`size: ${size}`, ...binary]);
  }
  return lines.filter((line) => line !== undefined).join('\n');
}

/** Index of the line that a value stands on; the manifest writes each value on the line of its key. */
function lineOf(node: Node | undefined, key: string): number {
  const value = get(node, key);
  if (value === undefined) throw new Error(`the manifest has no ${key} to replace`);
  return value.line - 1;
}
