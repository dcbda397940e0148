import { defineRules } from '../report/rule.ts';

/** What can go wrong while a statement is signed. */
export const signingRules = defineRules({
  serviceUnreachable: {
    id: 'signing/service-unreachable',
    title: 'A signing service did not answer',
    why: 'Without the certificate authority and the log nothing can be signed, and nothing was.',
    fix: 'Run the job again when the service answers (status.sigstore.dev for the public ones), or give another `signing-config`.',
    outcome: 'inconclusive',
  },
  serviceRefused: {
    id: 'signing/service-refused',
    title: 'A signing service refused the request',
    why: 'Nothing was signed.',
    fix: 'For the certificate authority: the token must come from an issuer that it trusts, and be fresh. For the log: the attestation may be too large.',
    outcome: 'inconclusive',
  },
  noToken: {
    id: 'signing/no-token',
    title: 'The runner gave no identity token',
    why: 'Without a token the certificate authority does not know which workflow asks, and nothing was signed.',
    fix: 'Run the job again; the token service of the forge did not answer as it should.',
    outcome: 'inconclusive',
  },
  tokenUnreadable: {
    id: 'signing/token-unreadable',
    title: 'The identity token is not one of a GitHub workflow',
    why: 'Without its claims nobody can say which identity the signature must have, so it could not be checked.',
    fix: 'Run the step in a GitHub workflow job with `id-token: write`.',
    outcome: 'inconclusive',
    reference: 'https://docs.github.com/en/actions/reference/security/oidc',
  },
  publicLog: {
    id: 'signing/public-log',
    title: 'The repository is not public, but the log is',
    why: 'The public log keeps the names of repository, owner and workflow for ever, readable by everyone.',
    fix: 'Give a `signing-config` of your own services, or `allow-public-log: true` if these names may be known.',
    outcome: 'fail',
  },
  selfCheckFailed: {
    id: 'signing/self-check-failed',
    title: 'What was signed does not verify',
    why: 'Those who must trust the signature would refuse it, or it is in another name than this run.',
    fix: 'Check that `trusted-root` belongs to the services of `signing-config`. Nothing was attached.',
    outcome: 'fail',
  },
});
