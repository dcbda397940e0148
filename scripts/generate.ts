/**
 * Writes every file that is made from the code: `action.yml` of each action, the tables in their READMEs,
 * `docs/rules.md` and `schemas/`. A stale file of these kinds is removed. CI fails when anything differs afterwards.
 * Usage: npm run generate
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { dump } from 'js-yaml';
import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import { catalog } from '../src/action/catalog.ts';
import { version } from '../src/definition/about.ts';
import { canaryPolicySchema } from '../src/canary/policy-schema.ts';
import { commonOutputs, type Definition } from '../src/definition/define.ts';
import type { Input } from '../src/definition/inputs.ts';
import { endpointsSchema } from '../src/load/endpoints-schema.ts';
import { sloSchema } from '../src/load/slo-schema.ts';
import { promotionPolicySchema } from '../src/promotion/policy.ts';
import { reportSchema } from '../src/report/json-schema.ts';
import type { Rule } from '../src/report/rule.ts';
import { seccompPolicySchema } from '../src/seccomp/policy.ts';
import { vulnerabilityPolicySchema } from '../src/vulnerabilities/policy.ts';

/** This action is also the repository's own: `uses: owner/slipway@ref`. */
const rootAction = 'promote';

/** Documents that a user writes or reads, and the file of `schemas/` that describes each. */
const documents: Readonly<Record<string, z.ZodType>> = {
  canary: canaryPolicySchema,
  'load-test': endpointsSchema,
  promotion: promotionPolicySchema,
  report: reportSchema,
  seccomp: seccompPolicySchema,
  slo: sloSchema,
  vulnerabilities: vulnerabilityPolicySchema,
};

const definitions = await Promise.all(Object.values(catalog).map((load) => load()));
const written = new Set<string>();

for (const definition of definitions) {
  const folder = `actions/${definition.name}`;
  // `$/` alone names no action (actions/runner, PipelineConstants.TryParseSelfRepository), so the root action has a folder too.
  for (const place of definition.name === rootAction ? [folder, '.'] : [folder]) {
    await write(`${place}/action.yml`, actionYaml(definition, place));
  }
  const readme = `${folder}/README.md`;
  await write(readme, withTables(readme, definition));
}
await write('docs/rules.md', await rulesPage());
for (const [name, schema] of Object.entries(documents)) {
  await write(`schemas/${name}.json`, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`);
}
await write('src/definition/about.ts', aboutWithVersion());
for (const stale of globSync(['actions/*/action.yml', 'schemas/*.json']).filter((file) => !written.has(file))) {
  rmSync(stale);
}

async function write(path: string, content: string): Promise<void> {
  const file = path.replace(/^\.\//, '');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await format(content, { ...(await resolveConfig(file)), filepath: file }));
  written.add(file);
}

function actionYaml(definition: Definition, folder: string): string {
  const dist = relative(folder, 'dist');
  const inputs = Object.entries(definition.inputs).map(([name, { doc, allowed, default: value, required }]) => [
    name,
    { description: `${doc} Allowed: ${allowed}.`, required, ...(value !== undefined && { default: value }) },
  ]);
  const outputs = Object.entries(allOutputs(definition)).map(([name, description]) => [name, { description }]);
  const content = {
    name: `Slipway: ${definition.title}`,
    description: definition.description,
    author: 'The Slipway authors',
    branding: { icon: definition.icon, color: 'blue' },
    inputs: Object.fromEntries(inputs) as object,
    outputs: Object.fromEntries(outputs) as object,
    runs: {
      using: 'node24',
      main: `${dist}/${definition.name}.js`,
      ...(definition.post && { post: `${dist}/${definition.name}-post.js`, 'post-if': 'always()' }),
    },
  };
  return `# Written by npm run generate from src/actions/${definition.name}.ts.\n${dump(content, { lineWidth: 120 })}`;
}

function allOutputs({ outputs }: Definition): Record<string, string> {
  return { ...commonOutputs, ...outputs };
}

/** The README with everything between `<!-- name -->` and `<!-- /name -->` written anew. */
function withTables(path: string, definition: Definition): string {
  const tables: Record<string, string> = {
    inputs: table(['Input', 'What it is', 'Allowed', 'Default'], Object.entries(definition.inputs).map(inputRow)),
    outputs: table(
      ['Output', 'What it holds'],
      Object.entries(allOutputs(definition)).map(([name, doc]) => [`\`${name}\``, doc]),
    ),
    permissions: table(
      ['Permission', 'Why'],
      definition.permissions.map(({ scope, access, why }) => [`\`${scope}: ${access}\``, why]),
    ),
  };
  const start = existsSync(path) ? readFileSync(path, 'utf8') : newReadme(definition, Object.keys(tables));
  return Object.entries(tables).reduce((text, [name, rows]) => between(text, name, rows, path), start);
}

function inputRow([name, { doc, allowed, default: value, required }]: [string, Input<unknown>]): string[] {
  return [`\`${name}\``, doc, allowed, required ? 'required' : value === undefined ? '' : `\`${value}\``];
}

function between(text: string, name: string, content: string, path: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`${path} has no place for ${name}: <!-- ${name} --> … <!-- /${name} -->`);
  return text.replace(pattern, (_, before: string, after: string) => `${before}\n${content}\n${after}`);
}

function newReadme({ name, description }: Definition, parts: string[]): string {
  return `# ${name}\n\n${description}\n${parts.map((part) => `\n<!-- ${part} -->\n<!-- /${part} -->\n`).join('')}`;
}

function table(columns: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join('\n');
}

async function rulesPage(): Promise<string> {
  const rules: Rule[] = [];
  for (const file of globSync('src/**/rules.ts').sort()) {
    const module = (await import(`../${file}`)) as Record<string, Record<string, Rule>>;
    rules.push(...Object.values(module).flatMap((tableOfRules) => Object.values(tableOfRules)));
  }
  const ids = rules.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) throw new Error(`rule ids used twice: ${twice.join(', ')}`);
  return [
    '# Rules\n\nEvery finding names one of these. The ids stay the same within a major version.\n',
    ...rules.sort((a, b) => (a.id < b.id ? -1 : 1)).map(ruleText),
  ].join('\n');
}

function ruleText({ id, title, why, fix, outcome, reference }: Rule): string {
  const more = reference === undefined ? '' : `\n- Reference: <${reference}>`;
  return `## \`${id}\`\n\n${title}.\n\n- Outcome: ${outcome}\n- Why: ${why}\n- Fix: ${fix}${more}\n`;
}

function aboutWithVersion(): string {
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return readFileSync('src/definition/about.ts', 'utf8').replace(`version = '${version}'`, `version = '${current}'`);
}
