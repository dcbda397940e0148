import type { Context } from '../definition/context.ts';
import { path } from '../definition/inputs.ts';
import { UsageError } from '../definition/values.ts';
import { RegistryError } from '../registry/errors.ts';
import { registryFinding } from '../registry/rules.ts';
import type { Finding } from '../report/report.ts';
import { SigningError, UnusableFile } from '../signing/errors.ts';
import { signingRules } from '../signing/rules.ts';
import { publicGood, servicesOf, type SigningServices } from '../signing/services.ts';
import { verifierFor, type VerifyBundle } from '../signing/verify.ts';

const maxFileBytes = 1024 * 1024;

/** Input of every action that verifies signatures. */
export const trustInputs = {
  'trusted-root': path({
    optional: true,
    doc: 'Trusted root (JSON) that says whose certificates and logs count. Without it the Sigstore public good instance.',
  }),
};

/** A verifier for the given trusted root, else the one of the local run, else the one that is shipped. */
export async function trustFor(given: string | undefined, context: Context): Promise<VerifyBundle> {
  const path = given ?? context.local['trusted-root'] ?? context.packaged('policies/sigstore/trusted_root.json');
  return useFile('trusted-root', path, context, verifierFor);
}

/** The services of the given signing configuration, else of the local run's, else the public good ones. */
export async function servicesFor(given: string | undefined, context: Context): Promise<SigningServices> {
  const path = given ?? context.local['signing-config'];
  if (path === undefined) return publicGood;
  return useFile('signing-config', path, context, (text) => servicesOf(text, context.clock.now()));
}

/**
 * An identity token of this job for the certificate authority.
 * @throws UsageError when the job may not have one, SigningError when the runner gives none
 */
export async function signingToken(context: Context): Promise<string> {
  try {
    return await context.identityToken('sigstore');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new SigningError(signingRules.noToken, error instanceof Error ? error.message : String(error), error);
  }
}

/** What is made of a file; one that cannot be read or used is the user's to correct. */
async function useFile<T>(
  input: string,
  path: string,
  { files }: Context,
  make: (text: string) => T,
): Promise<Awaited<T>> {
  const unusable = (reason: string): UsageError =>
    new UsageError(`Input \`${input}\`: \`${path}\` cannot be used: ${reason}. Allowed: a JSON file of Sigstore.`);
  const text = await files.readText(path, maxFileBytes).catch((error: unknown) => {
    throw unusable(error instanceof Error ? error.message : String(error));
  });
  try {
    return await make(text);
  } catch (error) {
    throw error instanceof UnusableFile ? unusable(error.message) : error;
  }
}

/** The finding that a failure of the registry or of a signing service is; anything else is thrown again. */
export function outsideFinding(error: unknown, resource: string): Finding {
  if (error instanceof RegistryError) return registryFinding(error, resource);
  if (error instanceof SigningError) return { rule: error.rule, message: error.message };
  throw error;
}
