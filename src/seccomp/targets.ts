import type { Environment } from './loading/profile.ts';

type Target = Pick<Environment, 'loader' | 'runtime' | 'libseccomp'>;

/** Engines by the name that a policy uses: who reads the profile, and who installs it. */
export const targets = {
  docker: { loader: 'moby', runtime: 'runc 1.3.6', libseccomp: '2.6.1' },
  'docker-runc-1.1': { loader: 'moby', runtime: 'runc 1.1.5', libseccomp: '2.5.4' },
  podman: { loader: 'containers-common', runtime: 'crun 1.28', libseccomp: '2.6.1' },
  'podman-crun-1.8': { loader: 'containers-common', runtime: 'crun 1.8.1', libseccomp: '2.5.4' },
  'podman-runc': { loader: 'containers-common', runtime: 'runc 1.3.6', libseccomp: '2.6.1' },
  containerd: { loader: 'containerd', runtime: 'runc 1.3.6', libseccomp: '2.6.1' },
  'containerd-crun': { loader: 'containerd', runtime: 'crun 1.28', libseccomp: '2.6.1' },
  'runc-1.1': { loader: 'none', runtime: 'runc 1.1.5', libseccomp: '2.5.4' },
  'runc-1.3': { loader: 'none', runtime: 'runc 1.3.6', libseccomp: '2.6.1' },
  'crun-1.8': { loader: 'none', runtime: 'crun 1.8.1', libseccomp: '2.5.4' },
  crun: { loader: 'none', runtime: 'crun 1.28', libseccomp: '2.6.1' },
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];
