import type { Finding } from '../report/report.ts';
import { defineRules, type Rule } from '../report/rule.ts';
import type { RegistryError, RegistryProblem } from './errors.ts';

const reference = 'https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md';

/** What can go wrong with a registry, whatever the gate wanted of it. */
export const registryRules = defineRules({
  unreachable: {
    id: 'registry/unreachable',
    title: 'The registry did not answer',
    why: 'What could not be read is unknown. An outage is not the same as no evidence, and neither is a pass.',
    fix: 'Run the job again when the registry answers. The number behind the address is its last answer.',
    outcome: 'inconclusive',
  },
  refused: {
    id: 'registry/refused',
    title: 'The registry refused the request',
    why: 'Without the right to read or to push, nothing can be checked or attached.',
    fix: 'Log in before this step (docker/login-action), or give `registry-username` and `registry-password`. To push to ghcr.io the job needs `packages: write`.',
    outcome: 'inconclusive',
  },
  missing: {
    id: 'registry/missing',
    title: 'The registry does not have the image',
    why: 'Nothing can be said about an image that is not there, and an attestation of it would speak of nothing.',
    fix: 'Push the image first, and give the digest that the push printed.',
    outcome: 'fail',
  },
  invalid: {
    id: 'registry/invalid-answer',
    title: 'The registry gave something other than what was asked for',
    why: 'Bytes that do not have the digest they were asked by were altered or mixed up on the way.',
    fix: 'Compare the digest with another client. If it is right there, look at proxies and mirrors between here and the registry.',
    outcome: 'fail',
    reference,
  },
  lost: {
    id: 'registry/attachment-lost',
    title: 'What was attached cannot be found at the image',
    why: 'Evidence that nobody finds protects nobody: the deployment that needs it will be refused.',
    fix: 'Run the job again; other jobs were probably writing to the same image.',
    outcome: 'inconclusive',
    reference: `${reference}#listing-referrers`,
  },
});

const ruleOf: Readonly<Record<RegistryProblem, Rule>> = registryRules;

/** The finding that a registry's failure is. `place` says what was asked for. */
export function registryFinding(error: RegistryError, resource: string): Finding {
  return { rule: ruleOf[error.problem], message: error.message, place: { resource } };
}
