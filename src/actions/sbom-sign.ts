import { join } from 'node:path';
import { defineAction, type Call } from '../definition/define.ts';
import { choices, flag, image, path, paths, text } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { attachStatements } from '../evidence/attach.ts';
import { collectEvidence, type Collected } from '../evidence/collect.ts';
import type { VerifiedStatement } from '../evidence/read.ts';
import { evidenceRules } from '../evidence/rules.ts';
import type { Manifest } from '../registry/manifest.ts';
import { sha256Of } from '../registry/reference.ts';
import { isPlainHttp } from '../registry/transport.ts';
import { statementType, type Statement } from '../report/evidence.ts';
import { conclude, type Draft, type Finding, type Section } from '../report/report.ts';
import { count } from '../report/text.ts';
import { sbomRules } from '../sbom/rules.ts';
import { givenSbom, madeSbom, type SbomFile } from '../sbom/sbom.ts';
import { spdxPredicateType } from '../sbom/spdx.ts';
import { signChecked, type SignedStatement } from '../signing/checked.ts';
import { expectedIdentity, readClaims } from '../signing/claims.ts';
import { signingRules } from '../signing/rules.ts';
import { keylessSigner } from '../signing/sign.ts';
import { signaturePredicateType } from '../signing/statement.ts';
import { programUsed } from './programs.ts';
import { loginOf, registryInputs, repositoryOf } from './registry.ts';
import { subjectsOf } from './subjects.ts';
import { outsideFinding, servicesFor, signingToken, trustFor, trustInputs } from './trust.ts';

const inputs = {
  image: image({ doc: 'The image to sign, by the digest that its push printed.' }),
  sign: choices(['signature', 'sbom', 'evidence'])({
    default: 'signature, sbom, evidence',
    doc: 'What to sign and attach. A stage that adds what it found out takes `evidence` alone; there must be some then.',
  }),
  sbom: path({
    optional: true,
    doc: 'SPDX 2.3 document (JSON) of this very image. Without it Syft writes one.',
  }),
  evidence: paths({
    optional: true,
    doc: 'Statements to sign, or folders of them: `evidence` outputs of gates of this job. Without it everything that gates of this job wrote, which must all be about the image.',
  }),
  ...registryInputs,
  ...trustInputs,
  'signing-config': path({
    optional: true,
    doc: 'Signing configuration (JSON) that names the signing services. Without it the Sigstore public good instance.',
  }),
  'allow-public-log': flag({
    default: 'false',
    doc: 'Sign with the public log although the repository is not public. Its name is then public for ever.',
  }),
  'syft-path': text({ optional: true, doc: 'Path of a Syft to use instead of the pinned one.' }),
};

type SbomSign = Call<typeof inputs>;

export const sbomSign = defineAction({
  name: 'sbom-sign',
  title: 'SBOM and signature',
  description: 'Sign an image, a list of what is in it and what the gates of this job found, and attach all of it.',
  icon: 'edit-3',
  inputs,
  outputs: {
    digest: 'Digest of the signed image. Empty when nothing was signed.',
    statements: 'Number of statements that were signed and attached.',
    packages: 'Number of packages in the SBOM; empty when none was signed.',
    sbom: 'Path of the SBOM; empty when none was signed.',
  },
  permissions: [
    { scope: 'id-token', access: 'write', why: 'to prove to the certificate authority which workflow signs' },
    { scope: 'packages', access: 'write', why: 'to attach the signatures to an image in ghcr.io' },
    { scope: 'contents', access: 'read', why: 'to check out the SBOM, when you give one' },
  ],
  async run(call) {
    try {
      return conclude(await signImage(call));
    } catch (error) {
      return conclude(nothingSigned(call, [outsideFinding(error, call.inputs.image.text)]));
    }
  },
});

async function signImage(call: SbomSign): Promise<Draft> {
  const { inputs, context } = call;
  refuseUnsigned(inputs);
  // First, because a job without the permission should hear of it before anything else.
  const claims = readClaims(await signingToken(context));
  const services = await servicesFor(inputs['signing-config'], context);
  const verify = await trustFor(inputs['trusted-root'], context);
  const repository = await repositoryOf(inputs.image, 'pull,push', loginOf(inputs), context);
  const manifest = await repository.manifest(inputs.image.digest);

  const evidence = await evidenceToSign(call);
  const problems = [
    ...evidence.findings,
    ...(services.isPublic && !claims.isPublic && !inputs['allow-public-log'] ? [publicLog(claims.repository)] : []),
  ];
  if (problems.length > 0) return nothingSigned(call, problems);
  const sbom = inputs.sign.includes('sbom') ? await readSbom(call, manifest) : undefined;
  if (sbom !== undefined && 'rule' in sbom) return nothingSigned(call, [sbom]);

  const sign = await keylessSigner(context, services, () => signingToken(context));
  const expected = expectedIdentity(claims, context.run?.serverUrl ?? '');
  const statements = [
    ...(inputs.sign.includes('signature') ? [statementOf(call, signaturePredicateType, {})] : []),
    ...(sbom ? [statementOf(call, spdxPredicateType, sbom.document)] : []),
    ...evidence.statements.map(({ bytes }) => bytes),
  ];
  const signed: SignedStatement[] = [];
  for (const statement of statements) {
    context.signal.throwIfAborted();
    signed.push(await signChecked(statement, sign, verify, expected));
  }
  const { attached, findings } = await attachStatements(repository, manifest, signed, verify);
  return {
    examined: { count: statements.length, what: 'statement to sign' },
    findings,
    passed: `${count(attached.length, 'statement')} signed as ${expected.name}, attached and read back.`,
    measurements: sbom ? [{ name: 'Packages in the SBOM', value: sbom.packages, unit: 'packages' }] : [],
    sections: [attachedTable(attached)],
    subjects: subjectsOf(inputs.image, context),
    programs: sbom?.programs.map(programUsed) ?? [],
    outputs: {
      digest: inputs.image.digest,
      statements: attached.length,
      ...(sbom && { packages: sbom.packages, sbom: sbom.path }),
    },
  };
}

/** What is given and then left out of `sign` would be missed by those who rely on it. */
function refuseUnsigned(inputs: SbomSign['inputs']): void {
  for (const part of ['sbom', 'evidence'] as const) {
    if (inputs[part] !== undefined && !inputs.sign.includes(part))
      throw new UsageError(`Input \`${part}\`: it was given, but \`sign\` leaves \`${part}\` out.`);
  }
}

/** Statements of the gates of this job. None at all is a finding when nothing else would be signed. */
async function evidenceToSign({
  inputs,
  context,
}: SbomSign): Promise<{ readonly statements: readonly Collected[]; readonly findings: readonly Finding[] }> {
  if (!inputs.sign.includes('evidence')) return { statements: [], findings: [] };
  const { files, root } = context;
  const evidence = await collectEvidence(
    inputs.evidence,
    await context.evidence(),
    sha256Of(inputs.image),
    files,
    root,
  );
  const isAll = inputs.sign.every((part) => part === 'evidence');
  if (!isAll || evidence.statements.length + evidence.findings.length > 0) return evidence;
  const message = `No gate of this job wrote a statement about ${inputs.image.text}.`;
  return { statements: [], findings: [{ rule: evidenceRules.nothingToSign, message }] };
}

/** The SBOM that was given, or one by Syft. */
async function readSbom({ inputs, context }: SbomSign, manifest: Manifest): Promise<SbomFile | Finding> {
  const { image, sbom, 'syft-path': syftPath } = inputs;
  if (sbom !== undefined) return givenSbom(sbom, image.digest, context.files, context.root);
  if (manifest.isIndex) {
    return {
      rule: sbomRules.indexOfImages,
      message: `${image.text} is an index of ${count(manifest.children.length, 'image')}.`,
    };
  }
  return madeSbom(image.text, image.digest, await context.program('syft', syftPath), {
    ...context,
    folder: join(context.temp, 'sbom'),
    registry: image.registry,
    plainHttp: isPlainHttp(image.registry),
    login: loginOf(inputs),
  });
}

function statementOf({ inputs, context }: SbomSign, predicateType: string, predicate: unknown): Uint8Array {
  const statement: Statement = {
    _type: statementType,
    subject: subjectsOf(inputs.image, context),
    predicateType,
    predicate,
  };
  return Buffer.from(JSON.stringify(statement));
}

function publicLog(repository: string): Finding {
  return { rule: signingRules.publicLog, message: `${repository} is not public; signing would publish its name.` };
}

function nothingSigned({ inputs, context }: SbomSign, findings: readonly Finding[]): Draft {
  return {
    examined: { count: 1, what: 'image' },
    findings,
    passed: '',
    subjects: subjectsOf(inputs.image, context),
    outputs: { statements: 0 },
  };
}

function attachedTable(attached: readonly VerifiedStatement[]): Section {
  return {
    title: 'Attached to the image',
    columns: ['Predicate type', 'Referrer', 'Log index', 'Signed at'],
    rows: attached.map(({ predicateType, referrer, logIndex, signedAt }) => [
      predicateType,
      referrer,
      logIndex,
      signedAt.toISOString(),
    ]),
  };
}
