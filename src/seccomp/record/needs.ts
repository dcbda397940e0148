/**
 * What runc and crun call between loading the filter and executing the program, without no-new-privileges too, which is the longer list. Seen with
 * runc 1.1.5, 1.1.15 and 1.3.6 and crun 1.8.1 and 1.28; Go's own threads add a few that vary from run to run.
 */
export const runtimeNeeds = (
  'capget capset chdir close close_range epoll_ctl epoll_pwait execve faccessat2 fchown fcntl fstat fstatfs futex getcwd getdents64 getpid getppid ' +
  'nanosleep newfstatat openat openat2 prctl read rt_sigaction rt_sigprocmask rt_sigreturn setgid setgroups setresgid setresuid setuid statx tgkill write'
).split(' ');

/** What every program needs sooner or later, whether or not it was seen: to end, to return from a signal, to go on after it was stopped. */
export const alwaysNeeded = ['exit', 'exit_group', 'rt_sigreturn', 'restart_syscall'];

/** Calls of the C library that most machines answer without the kernel (vdso(7)); where the clock cannot be read so, they are real. */
export const clockCalls = ['clock_gettime', 'gettimeofday', 'time', 'getcpu'];

/**
 * What an architecture without a call of old has instead (aarch64 has only the newer ones; arch/x86/entry/syscalls and
 * include/uapi/asm-generic/unistd.h): the C library of such a machine calls these.
 */
export const successors: ReadonlyMap<string, readonly string[]> = new Map(
  `
accept accept4
access faccessat faccessat2
alarm setitimer
chmod fchmodat
chown fchownat
creat openat
dup2 dup3
epoll_create epoll_create1
epoll_wait epoll_pwait
eventfd eventfd2
fork clone
futimesat utimensat
getdents getdents64
getpgrp getpgid
inotify_init inotify_init1
lchown fchownat
link linkat
lstat newfstatat
mkdir mkdirat
mknod mknodat
open openat
pause ppoll
pipe pipe2
poll ppoll
readlink readlinkat
rename renameat renameat2
rmdir unlinkat
select pselect6
signalfd signalfd4
stat newfstatat
symlink symlinkat
time gettimeofday
unlink unlinkat
utime utimensat
utimes utimensat
vfork clone
`
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([name = '', ...others]) => [name, others]),
);
