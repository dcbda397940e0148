import type { Environment } from './loading/profile.ts';
import type { Host } from './syscalls/architectures.ts';
import { targets, type TargetName } from './targets.ts';

/** An engine on a machine, by the name that findings give it: `docker on x86_64`. */
export interface NamedEnvironment {
  readonly name: string;
  readonly target: TargetName;
  readonly environment: Environment;
}

/** Where profiles are put to use, as a policy says it. */
export interface Places {
  readonly targets: readonly TargetName[];
  readonly hosts: readonly Host[];
  /** Oldest kernel: `6.8`. */
  readonly kernel: string;
}

/**
 * Every engine on every machine.
 * @param capabilities bounding set of the container
 */
export function environmentsOf(
  { targets: names, hosts, kernel }: Places,
  capabilities: ReadonlySet<string> = new Set(),
): NamedEnvironment[] {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return hosts.flatMap((host) =>
    names.map((target) => ({
      name: `${target} on ${host}`,
      target,
      environment: { ...targets[target], host, kernel: [major, minor] as const, capabilities },
    })),
  );
}
