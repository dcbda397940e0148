/** Calls that i386 makes through one number of `socketcall` each, from 1 (include/uapi/linux/net.h). */
const socketcalls = [
  ...['socket', 'bind', 'connect', 'listen', 'accept', 'getsockname', 'getpeername', 'socketpair', 'send', 'recv'],
  ...[
    'sendto',
    'recvfrom',
    'shutdown',
    'setsockopt',
    'getsockopt',
    'sendmsg',
    'recvmsg',
    'accept4',
    'recvmmsg',
    'sendmmsg',
  ],
];

/** Those of `ipc`, by the first number of each family (include/uapi/linux/ipc.h). */
const ipcCalls: Readonly<Record<number, readonly string[]>> = {
  1: ['semop', 'semget', 'semctl', 'semtimedop'],
  11: ['msgsnd', 'msgrcv', 'msgget', 'msgctl'],
  21: ['shmat', 'shmdt', 'shmget', 'shmctl'],
};

/** A call that stands for many: its first argument says which is meant. */
interface Multiplexer {
  readonly call: 'socketcall' | 'ipc';
  readonly number: number;
}

const multiplexers = new Map<string, Multiplexer>([
  ...socketcalls.map((name, at) => [name, { call: 'socketcall', number: at + 1 }] as const),
  ...Object.entries(ipcCalls).flatMap(([first, names]) =>
    names.map((name, at) => [name, { call: 'ipc', number: Number(first) + at }] as const),
  ),
]);

/**
 * The multiplexer of a call on i386 and its number there; undefined for a call that has none. libseccomp writes a rule for the multiplexer too, with
 * this number in the place of the rule's own condition on the first argument: what a profile asks of `socket`'s first argument is lost there.
 */
export function multiplexerOf(name: string): Multiplexer | undefined {
  return multiplexers.get(name);
}
