import { resolve } from 'node:path';
import { get, type Node } from '../../documents/node.ts';
import { itemsOf, placeOf, textOf } from '../fields.ts';
import type { Placed, ProfileChoice } from '../service.ts';

export interface SecurityOptions {
  readonly seccomp: ProfileChoice;
  readonly noNewPrivileges: Placed<boolean>;
}

/**
 * Reads `security_opt` as Docker Compose and the engine do (docker/compose, parseSecurityOpts; moby, daemon_unix.go): `=` separates, else
 * `:`; the last option counts; a profile is a file relative to the project folder, quotes are part of its name.
 * @param folder absolute path of the project folder
 */
export function securityOptions(service: Node, folder: string): SecurityOptions {
  let seccomp: ProfileChoice = { kind: 'none' };
  let noNewPrivileges: Placed<boolean> = { value: false };
  for (const item of itemsOf(get(service, 'security_opt'))) {
    const [, name, written] = /^([^=]*)(?:=(.*))?$/s.exec(separated(textOf(item) ?? '')) ?? [];
    const place = placeOf(item);
    if (name === 'no-new-privileges') noNewPrivileges = { value: written === undefined || isTrue(written), place };
    if (name !== 'seccomp' || written === undefined) continue;
    seccomp =
      written === 'unconfined'
        ? { kind: 'unconfined', place }
        : { kind: 'file', path: resolve(folder, written), written, place };
  }
  return { seccomp, noNewPrivileges };
}

/** The option with `=` between name and value, which wins over a colon before it. */
function separated(option: string): string {
  return option.includes('=') ? option : option.replace(':', '=');
}

/** What Go's strconv.ParseBool takes for true; the engine refuses what is neither. */
function isTrue(text: string): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text);
}
