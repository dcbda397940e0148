import type { Definition } from '../definition/define.ts';

/** Every action by name, each loaded when it is asked for, so that one action does not pay for the others. */
export const catalog: Readonly<Record<string, () => Promise<Definition>>> = {
  'canary-analyze': async () => (await import('../actions/canary-analyze.ts')).canaryAnalyze,
  'helm-release': async () => (await import('../actions/helm-release.ts')).helmRelease,
  'load-test': async () => (await import('../actions/load-test.ts')).loadTest,
  promote: async () => (await import('../actions/promote.ts')).promoteAction,
  'sbom-sign': async () => (await import('../actions/sbom-sign.ts')).sbomSign,
  'seccomp-validate': async () => (await import('../actions/seccomp-validate.ts')).seccompValidate,
  'trivy-gate': async () => (await import('../actions/trivy-gate.ts')).trivyGate,
};
