/**
 * What system calls are about, for people who read a profile. Each pattern takes what those before it left; every call is in one group.
 */
const groups: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'kernel and machine',
    /module|kexec|^reboot|^syslog|^io(?:perm|pl)$|^bpf$|perf_event|^vm86|^acct$|^_?sysctl$|^sysfs|swapo|^quotactl|^(?:set)?(?:host|domain)name|^bdflush|^uselib|nfsserv|^vhangup|^lookup_dcookie|^lsm_|^uretprobe|^uprobe|pciconfig/,
  ],
  ['other processes', /ptrace|process_(?:vm|m)|^kcmp|^pidfd_getfd|userfaultfd/],
  [
    'mounts and namespaces',
    /mount|^fs(?:open|pick|config|info)|^open_tree|^pivot_root|^chroot|^unshare|^setns|^listns/,
  ],
  ['keys and sandboxes', /^(?:add|request)_key|^keyctl|^landlock|^seccomp/],
  [
    'sockets',
    /sock(?:et|name|opt)|^getpeername$|^(?:bind|listen|connect|accept4?|shutdown)$|^(?:send|recv)m?m?(?:msg|to|from)?(?:_time64)?$/,
  ],
  [
    'waiting for events',
    /^(?:epoll|p?poll|_?newselect|p?select|eventfd|signalfd|inotify|fanotify|io_(?!p)|io_pgetevents)/,
  ],
  ['messages, semaphores, shared memory', /^(?:sem|msg|shm|mq_)|^ipc$/],
  ['signals', /sig|^t?g?kill$|^kill$|^pause$|^alarm$/],
  ['time', /^(?!f?utime).*time|clock|nanosleep/],
  ['identity and capabilities', /^(?:get|set)(?:res|re|fs|e)?[ug]id(?:32)?$|groups|cap[gs]et/],
  [
    'memory',
    /^m(?:map2?|protect|remap|advise|lock|unlock|sync|incore|bind|seal)|munmap|^brk$|memfd|mempolicy|(?:move|migrate)_pages|pkey|shadow_stack|^remap_file|membarrier|^cacheflush|^mlock2/,
  ],
  [
    'processes and threads',
    /clone|fork|exec|^exit|wait(?!v)|^sched|futex|^prctl$|^arch_prctl|rlimit|rusage|priority|^nice$|^[gs]ettid|set_tid|robust_list|^rseq|pid|sid$|pgrp|pgid|thread_area|^personality|pidfd|ldt|^getcpu|restart_syscall|^set_tls|^get_tls|ioprio/,
  ],
  [
    'files and folders',
    /open|read|write|close|stat|seek|dir|link|chmod|chown|access|rename|trunc|sync|fcntl|flock|ioctl|dup|pipe|splice|^tee$|sendfile|copy_file|xattr|fadvise|readahead|fallocate|mknod|umask|utime|name_to_handle|getcwd|creat|file_[gs]etattr|cachestat|getdents|ustat/,
  ],
];

/** Group of a call; `other` when it is in none. */
export function groupOf(name: string): string {
  return groups.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}
