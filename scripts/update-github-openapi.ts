/**
 * Writes src/local/data/github-openapi.json: the part of GitHub's OpenAPI description that the local forge answers.
 * Source: the npm package @octokit/openapi (MIT), made from github/rest-api-description (MIT). It is hundreds of
 * megabytes when installed, so it is packed into a temporary folder and never a dependency.
 * Usage: npm run update:github-openapi -- [version]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { forgeOperations } from '../src/local/forge/operations.ts';

type Json = Record<string, unknown>;

const version = process.argv[2] ?? '23.0.2';
const description = download();
const paths = pickPaths(description.paths as Record<string, Json>);
const document: Json = {
  openapi: description.openapi,
  info: {
    title: 'A part of the GitHub REST API',
    version: (description.info as Json).version,
    description: `Written by scripts/update-github-openapi.ts from @octokit/openapi ${version} (MIT).`,
    license: (description.info as Json).license,
  },
  paths,
  components: pickComponents(paths),
};
const file = 'src/local/data/github-openapi.json';
writeFileSync(file, await format(JSON.stringify(document), { ...(await resolveConfig(file)), filepath: file }));

function download(): Json {
  const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
  try {
    const archive = execFileSync(
      'npm',
      ['pack', '--silent', '--pack-destination', folder, `@octokit/openapi@${version}`],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();
    const file = 'package/generated/api.github.com.json';
    execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder, file]);
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The operations that the forge answers; every one must exist. */
function pickPaths(all: Record<string, Json>): Record<string, Json> {
  const wanted = new Set<string>(Object.keys(forgeOperations));
  const picked: Record<string, Json> = {};
  for (const [path, methods] of Object.entries(all)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!wanted.delete((operation as { operationId?: string }).operationId ?? '')) continue;
      picked[path] = { ...picked[path], [method]: withoutExamples(operation) };
    }
  }
  if (wanted.size > 0) throw new Error(`GitHub does not describe ${[...wanted].join(', ')}`);
  return picked;
}

/** Every component that is reached from the paths, by kind and name. */
function pickComponents(from: unknown): Record<string, Json> {
  const picked: Record<string, Json> = {};
  const waiting: unknown[] = [from];
  while (waiting.length > 0) {
    for (const reference of references(waiting.pop())) {
      const [, , kind = '', name = ''] = reference.split('/');
      if (picked[kind]?.[name] !== undefined) continue;
      const component = withoutExamples((description.components as Record<string, Json>)[kind]?.[name]);
      picked[kind] = { ...picked[kind], [name]: component };
      waiting.push(component);
    }
  }
  return picked;
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : references(child),
  );
}

/** Leaves out the examples, which are most of the bytes. */
function withoutExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['examples', 'externalDocs', 'x-github'].includes(key))
      .map(([key, child]) => [key, withoutExamples(child)]),
  );
}
