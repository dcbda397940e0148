// Written by scripts/update-syscalls.ts from the tags of seccomp/libseccomp (names only): 2.5.4, 2.5.5, 2.6.0, 2.6.1.
/** Names of `syscallNumbers` that a release of libseccomp is the last not to know: older releases do not know them either. */
export const lastUnknownTo = {
  // Unknown to 2.5.4 and older.
  '2.5.4': ['cachestat', 'fchmodat2', 'futex_requeue', 'futex_wait', 'futex_wake', 'map_shadow_stack'],
  // Unknown to 2.5.5 and older.
  '2.5.5': [
    'getpagesize',
    'getxattrat',
    'listmount',
    'listxattrat',
    'lsm_get_self_attr',
    'lsm_list_modules',
    'lsm_set_self_attr',
    'mseal',
    'removexattrat',
    'riscv_hwprobe',
    'setxattrat',
    'statmount',
    'uretprobe',
  ],
  // Unknown to 2.6.0 and older.
  '2.6.0': ['file_getattr', 'file_setattr', 'listns', 'open_tree_attr', 'rseq_slice_yield', 'uprobe'],
  // Unknown to 2.6.1 and older.
  '2.6.1': [
    'execv',
    'getdomainname',
    'kern_features',
    'memory_ordering',
    'perfctr',
    'reserved177',
    'reserved193',
    'reserved221',
    'reserved82',
    'sched_get_affinity',
    'sched_set_affinity',
    'unused109',
    'unused150',
    'unused18',
    'unused28',
    'unused59',
    'unused84',
    'utrap_install',
  ],
} as const;
