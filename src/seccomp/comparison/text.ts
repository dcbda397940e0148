import type { Effect } from '../bpf/action.ts';
import { errnoName } from '../loading/errno.ts';
import type { Witness } from './differences.ts';

/** `socket(38, 0, …)` where the arguments matter, `mount` where any do. */
export function callText({ call, args }: Pick<Witness, 'call' | 'args'>): string {
  return args.length === 0 ? call : `${call}(${args.map(argumentText).join(', ')}${args.length < 6 ? ', …' : ''})`;
}

/** Small values as people write them, flags and masks in hexadecimal. */
function argumentText(value: bigint): string {
  return value < 1024n ? String(value) : `0x${value.toString(16)}`;
}

/** `allowed`, `EPERM`, `kills the process`: what becomes of the call. */
export function effectText(effect: Effect): string {
  switch (effect.kind) {
    case 'allow':
      return 'allowed';
    case 'log':
      return 'allowed and logged';
    case 'notify':
      return 'decided by a listener';
    case 'trace':
      return 'decided by a tracer';
    case 'errno':
      return effect.errno === 0 ? 'skipped, as if it had succeeded' : errnoName(effect.errno);
    case 'trap':
      return 'SIGSYS';
    case 'kill-thread':
      return 'kills the thread';
    case 'kill-process':
      return 'kills the process';
  }
}
