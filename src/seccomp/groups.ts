/**
 * System calls by what they are for, in the order in which a profile lists them. The words and the sorting are ours; a name that is in no group
 * comes last. Sets that others publish: `systemd-analyze syscall-filter`.
 */
const table = `
start and end of programs
execve execveat exit exit_group restart_syscall wait4 waitid waitpid
threads and processes, and how they wait for each other
clone fork futex futex_time64 futex_waitv futex_wait futex_wake futex_requeue get_robust_list membarrier rseq rseq_slice_yield sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield set_robust_list set_tid_address setpgid setpriority getpriority getpgid getpgrp getpid getppid getsid gettid setsid vfork arch_prctl prctl ioprio_get ioprio_set
memory
brk get_mempolicy madvise map_shadow_stack mbind memfd_create mincore mlock mlock2 mlockall mmap mmap2 move_pages mprotect mremap mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages set_mempolicy set_mempolicy_home_node process_madvise
open, read and write files
cachestat close close_range copy_file_range creat dup dup2 dup3 fadvise64 fallocate fcntl fcntl64 fdatasync flock fstat fstat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 ioctl lseek _llseek lstat lstat64 newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readv sendfile sendfile64 splice stat stat64 statfs statfs64 statx sync sync_file_range syncfs tee truncate truncate64 umask vmsplice write writev
folders, names, owners and permissions
access chdir chmod chown faccessat faccessat2 fchdir fchmod fchmodat fchmodat2 fchown fchownat fgetxattr flistxattr fremovexattr fsetxattr futimesat getcwd getdents getdents64 getxattr inotify_add_watch inotify_init inotify_init1 inotify_rm_watch lchown lgetxattr link linkat listxattr llistxattr lremovexattr lsetxattr mkdir mkdirat mknod mknodat readlink readlinkat removexattr rename renameat renameat2 rmdir setxattr symlink symlinkat unlink unlinkat utime utimensat utimes
wait for input and events, pipes
epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 _newselect pipe pipe2 poll ppoll pselect6 select io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit
sockets
accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmsg send sendmmsg sendmsg sendto setsockopt shutdown socket socketpair socketcall
shared memory, semaphores and queues
ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd semctl semget semop semtimedop shmat shmctl shmdt shmget
signals
kill pause pidfd_open pidfd_send_signal rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sigaltstack signalfd signalfd4 sigreturn tgkill tkill
clocks and timers; clocks are read without a call on most machines, and with one on some
alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times
users, groups and capabilities
capget capset getegid geteuid getgid getgroups getresgid getresuid getuid setfsgid setfsuid setgid setgroups setregid setresgid setresuid setreuid setuid
facts about the machine and limits
getcpu getrandom getrlimit getrusage personality prlimit64 setrlimit sysinfo uname
privileged calls, each of which needs a reason
acct add_key adjtimex bpf chroot clock_adjtime clock_settime delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl landlock_add_rule landlock_create_ruleset landlock_restrict_self mount mount_setattr move_mount name_to_handle_at nfsservctl open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root process_vm_readv process_vm_writev ptrace quotactl reboot request_key seccomp setdomainname sethostname setns settimeofday swapoff swapon sysfs syslog umount2 unshare userfaultfd vhangup
`;

/** Calls of one group, sorted, under its heading. */
export interface Group {
  readonly title: string;
  readonly names: readonly string[];
}

/** Sorts calls into groups; groups without any are left out. */
export function grouped(names: Iterable<string>): Group[] {
  const left = new Set(names);
  const groups: Group[] = [];
  const lines = table.trim().split('\n');
  for (let at = 0; at < lines.length; at += 2) {
    const title = lines[at] ?? '';
    const found = (lines[at + 1] ?? '').split(' ').filter((name) => left.delete(name));
    if (found.length > 0) groups.push({ title, names: found.sort() });
  }
  return left.size === 0 ? groups : [...groups, { title: 'others', names: [...left].sort() }];
}
