/**
 * On i386 these calls go through `socketcall` and `ipc` too, whose first argument says which is meant (include/uapi/linux/net.h and ipc.h).
 * libseccomp (src/syscalls.c) therefore writes a rule for the multiplexer as well, and puts that test in the place of the rule's own
 * condition on the first argument: what a profile asks of `socket`'s first argument is lost there.
 */
const multiplexed = {
  socketcall: {
    socket: 1,
    bind: 2,
    connect: 3,
    listen: 4,
    accept: 5,
    getsockname: 6,
    getpeername: 7,
    socketpair: 8,
    send: 9,
    recv: 10,
    sendto: 11,
    recvfrom: 12,
    shutdown: 13,
    setsockopt: 14,
    getsockopt: 15,
    sendmsg: 16,
    recvmsg: 17,
    accept4: 18,
    recvmmsg: 19,
    sendmmsg: 20,
  },
  ipc: {
    semop: 1,
    semget: 2,
    semctl: 3,
    semtimedop: 4,
    msgsnd: 11,
    msgrcv: 12,
    msgget: 13,
    msgctl: 14,
    shmat: 21,
    shmdt: 22,
    shmget: 23,
    shmctl: 24,
  },
} as const;

/** The multiplexer of a call and its number there; undefined for a call that has none. */
export function multiplexerOf(
  name: string,
): { readonly call: 'socketcall' | 'ipc'; readonly number: number } | undefined {
  for (const call of ['socketcall', 'ipc'] as const) {
    const numbers: Readonly<Record<string, number>> = multiplexed[call];
    if (Object.hasOwn(numbers, name)) return { call, number: numbers[name] ?? 0 };
  }
  return undefined;
}
