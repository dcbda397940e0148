import { resolve } from 'node:path';
import type { Context } from '../definition/context.ts';
import { UsageError } from '../definition/values.ts';
import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import { duration, image, path, scanTarget, text } from '../definition/inputs.ts';
import type { ImageReference } from '../registry/reference.ts';
import type { GivenTarget } from '../registry/target.ts';
import { conclude } from '../report/report.ts';
import { count } from '../report/text.ts';
import { ageMeasurement } from '../vulnerabilities/database.ts';
import { countTable, countVulnerabilities, judge } from '../vulnerabilities/judge.ts';
import { measure } from '../vulnerabilities/measure.ts';
import { vulnerabilityPredicate } from '../vulnerabilities/predicate.ts';
import { packageCount } from '../vulnerabilities/scan-report.ts';
import { gateOutputs, scanTable } from '../vulnerabilities/tables.ts';
import { policyUsed } from './policy-used.ts';
import { programUsed } from './programs.ts';
import { loginOf, registryInputs } from './registry.ts';
import { subjectsOf } from './subjects.ts';

export const trivyGate = defineAction({
  name: 'trivy-gate',
  title: 'Vulnerabilities',
  description: 'Scan an image with Trivy and let it pass only when a policy allows what was found.',
  icon: 'shield',
  inputs: {
    target: scanTarget({ doc: 'What to scan.' }),
    image: image({
      optional: true,
      doc: 'The image that the evidence speaks of. By default the target, when that is an image; needed to name the image of an OCI layout.',
    }),
    policy: document(async () => (await import('../vulnerabilities/policy.ts')).vulnerabilityPolicySchema)({
      default: 'built-in:policies/vulnerabilities.yaml',
      doc: 'Which vulnerabilities fail the gate, and how old the database may be (`schemas/vulnerabilities.json`).',
    }),
    database: path({
      optional: true,
      doc: "Folder of Trivy's cache, with `db/trivy.db` and `db/metadata.json` in it. By default Trivy downloads the public database.",
    }),
    timeout: duration({ default: '10m', doc: 'How long one scan, or one download of the database, may take.' }),
    ...registryInputs,
    'trivy-path': text({ optional: true, doc: 'A Trivy that is already on the runner, in place of the pinned one.' }),
  },
  outputs: {
    critical: 'Number of critical vulnerabilities found, whether the policy allows them or not.',
    high: 'The same for severity high.',
    medium: 'The same for severity medium.',
    low: 'The same for severity low.',
    unknown: 'The same for those that nobody has rated yet.',
    fixable: 'Number of vulnerabilities for which a fixed version exists.',
    'database-updated-at': 'When the vulnerability database was made (RFC 3339).',
    'database-age-hours': 'Its age in hours.',
  },
  permissions: [
    { scope: 'contents', access: 'read', why: 'to check out the policy' },
    { scope: 'packages', access: 'read', why: 'to pull a private image from ghcr.io' },
  ],
  async run({ inputs, context }) {
    const policy = inputs.policy.value;
    const spokenOf = imageSpokenOf(inputs.target, inputs.image);
    const request = {
      target: inputs.target,
      digest: spokenOf?.digest,
      policy,
      database: inputs.database ?? localDatabase(context),
      login: loginOf(inputs),
      timeout: inputs.timeout,
      trivyPath: inputs['trivy-path'],
    };
    const { findings, program, database, scan } = await measure(request, context.program, context);
    const found = scan?.report.vulnerabilities ?? [];
    const counts = countVulnerabilities(found, policy);
    const now = context.clock.now();
    const packages = scan ? packageCount(scan.report) : 0;
    return conclude({
      examined: { count: packages, what: 'installed package' },
      findings: [...judge(found, policy), ...findings],
      passed: `${count(packages, 'package')} checked; the policy allows what was found.`,
      measurements: database ? [ageMeasurement(database, now, policy)] : [],
      sections: scan ? [countTable(counts, policy), scanTable(scan.report)] : [],
      subjects: subjectsOf(spokenOf, context),
      policy: policyUsed(inputs.policy),
      programs: program ? [programUsed(program)] : [],
      predicates: scan && database ? [vulnerabilityPredicate(scan, database)] : [],
      outputs: gateOutputs(scan && counts, database, now),
    });
  },
});

/** The setting of the CLI and the local run. */
function localDatabase({ local, root }: Context): string | undefined {
  const given = local['vulnerability-database'];
  return given === undefined ? undefined : resolve(root, given);
}

/** What the evidence speaks of; only what was scanned by its digest can be spoken of. */
function imageSpokenOf(target: GivenTarget, given: ImageReference | undefined): ImageReference | undefined {
  if (target.kind === 'folder' && given !== undefined)
    throw new UsageError(
      'Input `image`: a folder does not prove which image it is. Give the image itself as `target`, or leave `image` out.',
    );
  if (target.kind !== 'image') return given;
  if (given !== undefined && given.digest !== target.image.digest)
    throw new UsageError(
      `Input \`image\`: it is ${given.digest}, but \`target\` is ${target.image.digest}. Give one of them only.`,
    );
  return given ?? target.image;
}
