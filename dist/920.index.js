export const id = 920;
export const ids = [920];
export const modules = {

/***/ 8920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  seccompValidate: () => (/* binding */ seccompValidate)
});

// EXTERNAL MODULE: ./build/bundle/js/definition/define.js
var definition_define = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/bundle/js/definition/inputs.js
var inputs = __webpack_require__(5390);
// EXTERNAL MODULE: ./build/bundle/js/report/report.js
var report = __webpack_require__(6020);
// EXTERNAL MODULE: ./build/bundle/js/report/text.js
var report_text = __webpack_require__(1565);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/bundle/js/effects/effects.js
var effects = __webpack_require__(8702);
// EXTERNAL MODULE: ./build/bundle/js/effects/inside.js
var inside = __webpack_require__(7118);
// EXTERNAL MODULE: ./build/bundle/js/documents/node.js
var documents_node = __webpack_require__(9686);
// EXTERNAL MODULE: ./build/bundle/js/documents/yaml.js
var yaml = __webpack_require__(561);
// EXTERNAL MODULE: ./build/bundle/js/report/rule.js
var rule = __webpack_require__(60);
;// CONCATENATED MODULE: ./build/bundle/js/seccomp/rules.js

const profileReference = 'https://docs.docker.com/engine/security/seccomp/';
const ociReference = 'https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp';
const seccompRules = (0,rule/* defineRules */.x)({
    unreadable: {
        id: 'seccomp/unreadable',
        title: 'A profile or Compose file cannot be read',
        why: 'What cannot be read cannot be judged, and the runtime will refuse it or read it differently.',
        fix: 'Correct the file at the place given.',
        outcome: 'fail',
    },
    noFilter: {
        id: 'seccomp/no-filter',
        title: 'The profile filters nothing',
        why: 'runc and Docker take a profile without a default action and without rules for "no seccomp" and start the service unconfined, without a word.',
        fix: 'Give the profile a `defaultAction` (such as SCMP_ACT_ERRNO) and a `syscalls` list.',
        outcome: 'fail',
        reference: profileReference,
    },
    noDefaultAction: {
        id: 'seccomp/no-default-action',
        title: 'The profile has rules but no default action',
        why: 'The runtime refuses to start a container under it.',
        fix: 'Add `defaultAction`, for an allow-list SCMP_ACT_ERRNO.',
        outcome: 'fail',
        reference: ociReference,
    },
    unknownKey: {
        id: 'seccomp/unknown-key',
        title: 'The profile has a key that no runtime reads',
        why: 'A misspelt key is skipped in silence, and with it everything below it: the rule you wrote does not exist.',
        fix: 'Correct the spelling, or remove the key.',
        outcome: 'fail',
        reference: ociReference,
    },
    duplicateKey: {
        id: 'seccomp/duplicate-key',
        title: 'A key stands twice',
        why: 'Runtimes disagree on which of the two counts (crun 1.8 takes the first, runc and crun 1.28 the last).',
        fix: 'Keep one of them.',
        outcome: 'fail',
    },
    wrongType: {
        id: 'seccomp/wrong-type',
        title: 'A value has the wrong type',
        why: 'Some runtimes refuse the profile; crun takes a number written as text for a condition that never holds, which opens the filter.',
        fix: 'Write the value as the type given.',
        outcome: 'fail',
        reference: ociReference,
    },
    unknownAction: {
        id: 'seccomp/unknown-action',
        title: 'The profile names an action that does not exist',
        why: 'The runtime refuses to start a container under it.',
        fix: 'Use one of the actions of the OCI runtime specification.',
        outcome: 'fail',
        reference: ociReference,
    },
    unknownOperator: {
        id: 'seccomp/unknown-operator',
        title: 'A condition names an operator that does not exist',
        why: 'The runtime refuses to start a container under it.',
        fix: 'Use one of the SCMP_CMP_ operators of the OCI runtime specification.',
        outcome: 'fail',
        reference: ociReference,
    },
    unknownArchitecture: {
        id: 'seccomp/unknown-architecture',
        title: 'The profile names an architecture that does not exist',
        why: 'The runtime refuses to start a container under it, or filters only the native architecture.',
        fix: 'Use the SCMP_ARCH_ names of the OCI runtime specification.',
        outcome: 'fail',
        reference: ociReference,
    },
    unknownSyscall: {
        id: 'seccomp/unknown-syscall',
        title: 'A rule names a system call that does not exist',
        why: 'runc and Docker drop the name in silence: the call you meant is neither allowed nor denied by this rule.',
        fix: 'Correct the name; `man 2 syscalls` lists them.',
        outcome: 'fail',
    },
    architecturesAndArchMap: {
        id: 'seccomp/architectures-and-arch-map',
        title: 'The profile has both `architectures` and `archMap`',
        why: 'Docker and Podman refuse it; runc and crun alone ignore `archMap`.',
        fix: 'Keep `archMap` for Docker and Podman, or `architectures` for a bare OCI runtime.',
        outcome: 'fail',
        reference: profileReference,
    },
    nameAndNames: {
        id: 'seccomp/name-and-names',
        title: 'A rule has both `name` and `names`',
        why: 'Docker and Podman refuse it; runc and crun alone ignore `name`.',
        fix: 'Put every name into `names`.',
        outcome: 'fail',
        reference: profileReference,
    },
    missing: {
        id: 'seccomp/service-without-profile',
        title: 'A service names no seccomp profile',
        why: "It runs under the engine's default, which changes with the engine's version and allows far more than one service needs.",
        fix: 'Add `security_opt: [seccomp=<profile>.json, no-new-privileges:true]` to the service.',
        outcome: 'fail',
        reference: profileReference,
    },
    unconfined: {
        id: 'seccomp/service-unconfined',
        title: 'A service runs without seccomp',
        why: 'Every system call of the kernel is open to it, those behind container escapes included.',
        fix: 'Name a profile instead of `unconfined`.',
        outcome: 'fail',
        reference: profileReference,
    },
    profileMissing: {
        id: 'seccomp/profile-missing',
        title: 'A service names a profile that does not exist',
        why: 'The engine refuses to start the service, or starts it from another folder with another file.',
        fix: 'Correct the path: it is read relative to the project folder, which is the folder of the first Compose file.',
        outcome: 'fail',
        reference: profileReference,
    },
});

;// CONCATENATED MODULE: ./build/bundle/js/seccomp/compose.js



const composeFile = /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/;
function isComposeFile(name) {
    return composeFile.test(name);
}
function readServices(text, file) {
    let root;
    try {
        root = (0,yaml/* parseYaml */.h)(text);
    }
    catch (error) {
        if (!(error instanceof documents_node/* DocumentError */.Mi))
            throw error;
        const place = { file, line: error.line, column: error.column };
        return { services: [], findings: [{ rule: seccompRules.unreadable, message: error.message, place }] };
    }
    const services = (0,documents_node/* get */.Jt)(root, 'services');
    if (services?.kind !== 'mapping') {
        const place = { file, line: root.line, column: root.column };
        return {
            services: [],
            findings: [{ rule: seccompRules.unreadable, message: 'The Compose file has no `services`.', place }],
        };
    }
    return {
        services: services.entries.map(({ key, value }) => ({
            name: String(key.value),
            file,
            line: key.line,
            column: key.column,
            profile: chosenProfile((0,documents_node/* get */.Jt)(value, 'security_opt')),
        })),
        findings: [],
    };
}
function chosenProfile(options) {
    const items = options?.kind === 'sequence' ? options.items : [];
    let chosen = { kind: 'none' };
    for (const item of items) {
        const option = item.kind === 'scalar' ? String(item.value) : '';
        const [, value] = /^seccomp\s*[=:]\s*(.*)$/s.exec(option) ?? [];
        if (value === undefined)
            continue;
        const { line, column } = item;
        chosen =
            value === 'unconfined' ? { kind: 'unconfined', line, column } : { kind: 'file', path: value, line, column };
    }
    return chosen;
}

// EXTERNAL MODULE: ./build/bundle/node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(8159);
;// CONCATENATED MODULE: ./build/bundle/js/documents/json.js


function parseJson(text) {
    const lines = new documents_node/* LineIndex */.rr(text);
    const stack = [];
    let root;
    const put = (node) => {
        const parent = stack.at(-1);
        if (parent === undefined)
            root ??= node;
        else if (parent.kind === 'sequence')
            parent.items.push(node);
        else if (parent.key !== undefined)
            parent.entries.push({ key: parent.key, value: node });
    };
    const open = (node) => {
        if (stack.length >= documents_node/* maxDepth */.Mw)
            throw new documents_node/* DocumentError */.Mi(`It is nested more than ${documents_node/* maxDepth */.Mw} deep.`, node);
        put(node);
        stack.push(node);
    };
    if (text.startsWith('\ufeff'))
        throw new documents_node/* DocumentError */.Mi('It starts with a byte order mark, which is not JSON.', lines.at(0));
    (0,main.visit)(text, {
        onObjectBegin: (offset) => open({ kind: 'mapping', entries: [], ...lines.at(offset) }),
        onObjectProperty: (key, offset) => {
            const parent = stack.at(-1);
            if (parent?.kind === 'mapping')
                parent.key = { kind: 'scalar', value: key, ...lines.at(offset) };
        },
        onObjectEnd: () => stack.pop(),
        onArrayBegin: (offset) => open({ kind: 'sequence', items: [], ...lines.at(offset) }),
        onArrayEnd: () => stack.pop(),
        onLiteralValue: (value, offset, length) => put({ kind: 'scalar', value: lossless(value, text.slice(offset, offset + length)), ...lines.at(offset) }),
        onError: (code, offset) => {
            throw new documents_node/* DocumentError */.Mi(`It is not JSON: ${sentenceOf(code)}.`, lines.at(offset));
        },
    }, { disallowComments: true, allowTrailingComma: false });
    if (root === undefined)
        throw new documents_node/* DocumentError */.Mi('It holds no value.', lines.at(0));
    refuseWhatJavaScriptRefuses(text);
    return root;
}
function lossless(value, raw) {
    return typeof value === 'number' && /^-?\d+$/.test(raw) && !Number.isSafeInteger(value) ? BigInt(raw) : value;
}
function sentenceOf(code) {
    return (0,main.printParseErrorCode)(code)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase();
}
function refuseWhatJavaScriptRefuses(text) {
    try {
        JSON.parse(text);
    }
    catch (error) {
        throw new documents_node/* DocumentError */.Mi(`It is not JSON: ${error.message}.`, { line: 1, column: 1 });
    }
}

;// CONCATENATED MODULE: ./build/bundle/js/seccomp/syscall-names.js
const syscallNames = new Set(`
_llseek
_newselect
_sysctl
accept
accept4
access
acct
add_key
adjtimex
afs_syscall
alarm
arch_prctl
arm_fadvise64_64
arm_sync_file_range
bdflush
bind
bpf
break
breakpoint
brk
cachectl
cacheflush
cachestat
capget
capset
chdir
chmod
chown
chown32
chroot
clock_adjtime
clock_adjtime64
clock_getres
clock_getres_time64
clock_gettime
clock_gettime64
clock_nanosleep
clock_nanosleep_time64
clock_settime
clock_settime64
clone
clone3
close
close_range
connect
copy_file_range
creat
create_module
delete_module
dup
dup2
dup3
epoll_create
epoll_create1
epoll_ctl
epoll_ctl_old
epoll_pwait
epoll_pwait2
epoll_wait
epoll_wait_old
eventfd
eventfd2
execv
execve
execveat
exit
exit_group
faccessat
faccessat2
fadvise64
fadvise64_64
fallocate
fanotify_init
fanotify_mark
fchdir
fchmod
fchmodat
fchmodat2
fchown
fchown32
fchownat
fcntl
fcntl64
fdatasync
fgetxattr
file_getattr
file_setattr
finit_module
flistxattr
flock
fork
fremovexattr
fsconfig
fsetxattr
fsmount
fsopen
fspick
fstat
fstat64
fstatat64
fstatfs
fstatfs64
fsync
ftime
ftruncate
ftruncate64
futex
futex_requeue
futex_time64
futex_wait
futex_waitv
futex_wake
futimesat
get_kernel_syms
get_mempolicy
get_robust_list
get_thread_area
get_tls
getcpu
getcwd
getdents
getdents64
getdomainname
getegid
getegid32
geteuid
geteuid32
getgid
getgid32
getgroups
getgroups32
getitimer
getpagesize
getpeername
getpgid
getpgrp
getpid
getpmsg
getppid
getpriority
getrandom
getresgid
getresgid32
getresuid
getresuid32
getrlimit
getrusage
getsid
getsockname
getsockopt
gettid
gettimeofday
getuid
getuid32
getxattr
getxattrat
gtty
idle
init_module
inotify_add_watch
inotify_init
inotify_init1
inotify_rm_watch
io_cancel
io_destroy
io_getevents
io_pgetevents
io_pgetevents_time64
io_setup
io_submit
io_uring_enter
io_uring_register
io_uring_setup
ioctl
ioperm
iopl
ioprio_get
ioprio_set
ipc
kcmp
kern_features
kexec_file_load
kexec_load
keyctl
kill
landlock_add_rule
landlock_create_ruleset
landlock_restrict_self
lchown
lchown32
lgetxattr
link
linkat
listen
listmount
listns
listxattr
listxattrat
llistxattr
lock
lookup_dcookie
lremovexattr
lseek
lsetxattr
lsm_get_self_attr
lsm_list_modules
lsm_set_self_attr
lstat
lstat64
madvise
map_shadow_stack
mbind
membarrier
memfd_create
memfd_secret
memory_ordering
migrate_pages
mincore
mkdir
mkdirat
mknod
mknodat
mlock
mlock2
mlockall
mmap
mmap2
modify_ldt
mount
mount_setattr
move_mount
move_pages
mprotect
mpx
mq_getsetattr
mq_notify
mq_open
mq_timedreceive
mq_timedreceive_time64
mq_timedsend
mq_timedsend_time64
mq_unlink
mremap
mseal
msgctl
msgget
msgrcv
msgsnd
msync
multiplexer
munlock
munlockall
munmap
name_to_handle_at
nanosleep
newfstatat
nfsservctl
nice
oldfstat
oldlstat
oldolduname
oldstat
olduname
open
open_by_handle_at
open_tree
open_tree_attr
openat
openat2
pause
pciconfig_iobase
pciconfig_read
pciconfig_write
perf_event_open
perfctr
personality
pidfd_getfd
pidfd_open
pidfd_send_signal
pipe
pipe2
pivot_root
pkey_alloc
pkey_free
pkey_mprotect
poll
ppoll
ppoll_time64
prctl
pread64
preadv
preadv2
prlimit64
process_madvise
process_mrelease
process_vm_readv
process_vm_writev
prof
profil
pselect6
pselect6_time64
ptrace
putpmsg
pwrite64
pwritev
pwritev2
query_module
quotactl
quotactl_fd
read
readahead
readdir
readlink
readlinkat
readv
reboot
recv
recvfrom
recvmmsg
recvmmsg_time64
recvmsg
remap_file_pages
removexattr
removexattrat
rename
renameat
renameat2
request_key
reserved177
reserved193
reserved221
reserved82
restart_syscall
riscv_flush_icache
riscv_hwprobe
rmdir
rseq
rseq_slice_yield
rt_sigaction
rt_sigpending
rt_sigprocmask
rt_sigqueueinfo
rt_sigreturn
rt_sigsuspend
rt_sigtimedwait
rt_sigtimedwait_time64
rt_tgsigqueueinfo
rtas
s390_guarded_storage
s390_pci_mmio_read
s390_pci_mmio_write
s390_runtime_instr
s390_sthyi
sched_get_affinity
sched_get_priority_max
sched_get_priority_min
sched_getaffinity
sched_getattr
sched_getparam
sched_getscheduler
sched_rr_get_interval
sched_rr_get_interval_time64
sched_set_affinity
sched_setaffinity
sched_setattr
sched_setparam
sched_setscheduler
sched_yield
seccomp
security
select
semctl
semget
semop
semtimedop
semtimedop_time64
send
sendfile
sendfile64
sendmmsg
sendmsg
sendto
set_mempolicy
set_mempolicy_home_node
set_robust_list
set_thread_area
set_tid_address
set_tls
setdomainname
setfsgid
setfsgid32
setfsuid
setfsuid32
setgid
setgid32
setgroups
setgroups32
sethostname
setitimer
setns
setpgid
setpriority
setregid
setregid32
setresgid
setresgid32
setresuid
setresuid32
setreuid
setreuid32
setrlimit
setsid
setsockopt
settimeofday
setuid
setuid32
setxattr
setxattrat
sgetmask
shmat
shmctl
shmdt
shmget
shutdown
sigaction
sigaltstack
signal
signalfd
signalfd4
sigpending
sigprocmask
sigreturn
sigsuspend
socket
socketcall
socketpair
splice
spu_create
spu_run
ssetmask
stat
stat64
statfs
statfs64
statmount
statx
stime
stty
subpage_prot
swapcontext
swapoff
swapon
switch_endian
symlink
symlinkat
sync
sync_file_range
sync_file_range2
syncfs
sys_debug_setcontext
syscall
sysfs
sysinfo
syslog
sysmips
tee
tgkill
time
timer_create
timer_delete
timer_getoverrun
timer_gettime
timer_gettime64
timer_settime
timer_settime64
timerfd
timerfd_create
timerfd_gettime
timerfd_gettime64
timerfd_settime
timerfd_settime64
times
tkill
truncate
truncate64
tuxcall
ugetrlimit
ulimit
umask
umount
umount2
uname
unlink
unlinkat
unshare
unused109
unused150
unused18
unused28
unused59
unused84
uprobe
uretprobe
uselib
userfaultfd
usr26
usr32
ustat
utime
utimensat
utimensat_time64
utimes
utrap_install
vfork
vhangup
vm86
vm86old
vmsplice
vserver
wait4
waitid
waitpid
write
writev
`
    .trim()
    .split('\n'));

;// CONCATENATED MODULE: ./build/bundle/js/seccomp/profile.js





const maxProfileBytes = 1024 * 1024;
const actions = ['KILL', 'KILL_PROCESS', 'KILL_THREAD', 'TRAP', 'ERRNO', 'TRACE', 'ALLOW', 'LOG', 'NOTIFY'].map((name) => `SCMP_ACT_${name}`);
const operators = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'].map((name) => `SCMP_CMP_${name}`);
const architectures = [
    ...[
        'X86',
        'X86_64',
        'X32',
        'ARM',
        'AARCH64',
        'MIPS',
        'MIPS64',
        'MIPS64N32',
        'MIPSEL',
        'MIPSEL64',
        'MIPSEL64N32',
        'PPC',
        'PPC64',
        'PPC64LE',
    ],
    ...['S390', 'S390X', 'PARISC', 'PARISC64', 'RISCV64', 'LOONGARCH64', 'M68K', 'SH', 'SHEB'],
].map((name) => `SCMP_ARCH_${name}`);
const keys = {
    profile: [
        'defaultAction',
        'defaultErrnoRet',
        'architectures',
        'flags',
        'listenerPath',
        'listenerMetadata',
        'syscalls',
        'archMap',
        'defaultErrno',
    ],
    rule: ['names', 'action', 'errnoRet', 'args', 'name', 'comment', 'includes', 'excludes', 'errno'],
    condition: ['index', 'value', 'valueTwo', 'op'],
    archMap: ['architecture', 'subArchitectures'],
    filter: ['caps', 'arches', 'minKernel'],
};
function checkProfile(text, file) {
    let root;
    try {
        root = parseJson(text);
    }
    catch (error) {
        if (!(error instanceof documents_node/* DocumentError */.Mi))
            throw error;
        const finding = {
            rule: seccompRules.unreadable,
            message: error.message,
            place: { file, line: error.line, column: error.column },
        };
        return { findings: [finding], defaultAction: '', syscalls: 0 };
    }
    const check = new ProfileCheck(file);
    check.profile(root);
    return {
        findings: check.findings,
        defaultAction: textOf((0,documents_node/* get */.Jt)(root, 'defaultAction')) ?? '',
        syscalls: check.syscalls.size,
    };
}
function looksLikeProfile(text) {
    return /"(?:defaultAction|archMap|syscalls)"\s*:/.test(text);
}
class ProfileCheck {
    findings = [];
    syscalls = new Set();
    #file;
    constructor(file) {
        this.#file = file;
    }
    profile(root) {
        const profile = this.#mapping(root, keys.profile);
        if (profile === undefined)
            return;
        const rules = (0,documents_node/* get */.Jt)(profile, 'syscalls');
        const action = (0,documents_node/* get */.Jt)(profile, 'defaultAction');
        if (action === undefined && rules === undefined) {
            this.#add(seccompRules.noFilter, 'The profile has neither `defaultAction` nor `syscalls`.', root);
        }
        else if (action === undefined) {
            this.#add(seccompRules.noDefaultAction, 'The profile has no `defaultAction`.', root);
        }
        else {
            this.#word(action, actions, seccompRules.unknownAction);
        }
        this.#architectures(profile);
        this.#items(rules).forEach((rule) => this.#rule(rule));
    }
    #architectures(profile) {
        const list = (0,documents_node/* get */.Jt)(profile, 'architectures');
        const archMap = (0,documents_node/* get */.Jt)(profile, 'archMap');
        const filled = (node) => node?.kind === 'sequence' && node.items.length > 0;
        if (filled(list) && filled(archMap)) {
            this.#add(seccompRules.architecturesAndArchMap, 'The profile has both `architectures` and `archMap`.', archMap);
        }
        this.#items(list).forEach((name) => this.#word(name, architectures, seccompRules.unknownArchitecture));
        for (const item of this.#items(archMap)) {
            const entry = this.#mapping(item, keys.archMap);
            if (entry === undefined)
                continue;
            const own = (0,documents_node/* get */.Jt)(entry, 'architecture');
            const names = [...(own === undefined ? [] : [own]), ...this.#items((0,documents_node/* get */.Jt)(entry, 'subArchitectures'))];
            names.forEach((name) => this.#word(name, architectures, seccompRules.unknownArchitecture));
        }
    }
    #rule(node) {
        const rule = this.#mapping(node, keys.rule);
        if (rule === undefined)
            return;
        const name = (0,documents_node/* get */.Jt)(rule, 'name');
        const names = this.#items((0,documents_node/* get */.Jt)(rule, 'names'));
        if (name !== undefined && names.length > 0)
            this.#add(seccompRules.nameAndNames, 'The rule has both `name` and `names`.', name);
        [...(name === undefined ? [] : [name]), ...names].forEach((call) => this.#syscall(call));
        const action = (0,documents_node/* get */.Jt)(rule, 'action');
        if (action === undefined)
            this.#add(seccompRules.unknownAction, 'The rule has no `action`.', rule);
        else
            this.#word(action, actions, seccompRules.unknownAction);
        this.#items((0,documents_node/* get */.Jt)(rule, 'args')).forEach((condition) => this.#condition(condition));
        for (const filter of [(0,documents_node/* get */.Jt)(rule, 'includes'), (0,documents_node/* get */.Jt)(rule, 'excludes')]) {
            if (filter !== undefined && !isNull(filter))
                this.#mapping(filter, keys.filter);
        }
    }
    #condition(node) {
        const condition = this.#mapping(node, keys.condition);
        if (condition === undefined)
            return;
        const operator = (0,documents_node/* get */.Jt)(condition, 'op');
        if (operator === undefined)
            this.#add(seccompRules.unknownOperator, 'The condition has no `op`.', condition);
        else
            this.#word(operator, operators, seccompRules.unknownOperator);
        for (const key of ['index', 'value', 'valueTwo']) {
            const number = (0,documents_node/* get */.Jt)(condition, key);
            if (number !== undefined && !isWhole(number))
                this.#add(seccompRules.wrongType, `\`${key}\` is no whole number of 0 or more.`, number);
        }
    }
    #syscall(node) {
        const name = textOf(node);
        if (name === undefined)
            this.#add(seccompRules.wrongType, 'The name of a system call is no text.', node);
        else if (!syscallNames.has(name))
            this.#add(seccompRules.unknownSyscall, `There is no system call \`${name}\`.`, node);
        else
            this.syscalls.add(name);
    }
    #word(node, allowed, rule) {
        const word = textOf(node);
        if (word !== undefined && allowed.includes(word))
            return;
        const given = word === undefined ? 'The value is no text.' : `\`${word}\` does not exist.`;
        this.#add(rule, `${given} Known: ${allowed.join(', ')}.`, node);
    }
    #mapping(node, known) {
        if (node.kind !== 'mapping') {
            this.#add(seccompRules.wrongType, 'An object is needed here.', node);
            return undefined;
        }
        for (const { key } of node.entries) {
            if (!known.includes(String(key.value)))
                this.#add(seccompRules.unknownKey, `No runtime reads the key \`${String(key.value)}\`.`, key);
        }
        for (const key of (0,documents_node/* duplicateKeys */.ss)(node))
            this.#add(seccompRules.duplicateKey, `\`${String(key.value)}\` stands twice.`, key);
        return node;
    }
    #items(node) {
        if (node === undefined || isNull(node))
            return [];
        if (node.kind === 'sequence')
            return node.items;
        this.#add(seccompRules.wrongType, 'A list is needed here.', node);
        return [];
    }
    #add(rule, message, { line, column } = { line: 1, column: 1 }) {
        this.findings.push({ rule, message, place: { file: this.#file, line, column } });
    }
}
function isNull(node) {
    return node.kind === 'scalar' && node.value === null;
}
function isWhole(node) {
    if (node.kind !== 'scalar')
        return false;
    const { value } = node;
    return ((typeof value === 'bigint' && value >= 0n) || (typeof value === 'number' && Number.isInteger(value) && value >= 0));
}
function textOf(node) {
    const value = node?.value;
    return typeof value === 'string' ? value : undefined;
}
function profileText({ defaultAction, syscalls }) {
    return `${defaultAction}, ${(0,report_text/* count */.U9)(syscalls, 'system call')} named`;
}

;// CONCATENATED MODULE: ./build/bundle/js/seccomp/tree.js






const maxFiles = 100_000;
const skipped = /(?:^|\/)(?:node_modules|\.git|\.slipway)\//;
async function readSeccompTree(files, root, paths) {
    const findings = [];
    const services = [];
    const profiles = new Map();
    const read = async (path) => {
        const file = (0,external_node_path_.relative)(root, path);
        try {
            if (!(0,inside/* isInside */.F)(await files.realPath(path), await files.realPath(root)))
                throw new Error('it is a link out of the workspace');
            return await files.readText(path, maxProfileBytes);
        }
        catch (error) {
            const reason = error instanceof effects/* TooLargeError */.q ? `it is larger than ${maxProfileBytes} bytes` : error.message;
            findings.push({ rule: seccompRules.unreadable, message: `The file cannot be read: ${reason}.`, place: { file } });
            return undefined;
        }
    };
    const addProfile = async (path) => {
        const file = (0,external_node_path_.relative)(root, path);
        if (profiles.has(file))
            return;
        const text = await read(path);
        if (text === undefined)
            return;
        const profile = checkProfile(text, file);
        profiles.set(file, profile);
        findings.push(...profile.findings);
    };
    const given = new Set(paths);
    for (const path of await allFiles(files, paths)) {
        if (isComposeFile((0,external_node_path_.basename)(path))) {
            const text = await read(path);
            const found = text === undefined ? { services: [], findings: [] } : readServices(text, (0,external_node_path_.relative)(root, path));
            services.push(...found.services);
            findings.push(...found.findings);
        }
        else if (path.endsWith('.json') && (given.has(path) || (await isProfile(files, root, path)))) {
            await addProfile(path);
        }
    }
    for (const service of services) {
        findings.push(...(await checkService(service, files, root, addProfile)));
    }
    return { services, profiles, findings };
}
async function isProfile(files, root, path) {
    if (/seccomp/i.test((0,external_node_path_.relative)(root, path)))
        return true;
    try {
        return looksLikeProfile(await files.readText(path, maxProfileBytes));
    }
    catch {
        return false;
    }
}
async function allFiles(files, paths) {
    const found = new Set();
    for (const path of paths) {
        const below = (await files.kind(path)) === 'folder' ? await files.list(path, maxFiles) : [path];
        below.filter((file) => !skipped.test((0,external_node_path_.relative)(path, file))).forEach((file) => found.add(file));
    }
    return [...found];
}
async function checkService(service, files, root, addProfile) {
    const { name, file, line, column, profile } = service;
    const resource = `service/${name}`;
    if (profile.kind === 'none') {
        return [
            {
                rule: seccompRules.missing,
                message: `Service \`${name}\` names no seccomp profile.`,
                place: { file, line, column, resource },
            },
        ];
    }
    const place = { file, line: profile.line, column: profile.column, resource };
    if (profile.kind === 'unconfined') {
        return [{ rule: seccompRules.unconfined, message: `Service \`${name}\` asks for seccomp \`unconfined\`.`, place }];
    }
    const path = (0,external_node_path_.join)(root, (0,external_node_path_.dirname)(file), profile.path);
    if ((await files.kind(path)) !== 'file') {
        return [
            {
                rule: seccompRules.profileMissing,
                message: `Service \`${name}\` names \`${profile.path}\`, which is no file.`,
                place,
            },
        ];
    }
    await addProfile(path);
    return [];
}
function serviceTable({ services, profiles }) {
    const describe = ({ file, profile }) => {
        if (profile.kind !== 'file')
            return profile.kind;
        const checked = profiles.get((0,external_node_path_.join)((0,external_node_path_.dirname)(file), profile.path));
        return checked === undefined ? `${profile.path} (not read)` : `${profile.path} (${profileText(checked)})`;
    };
    return {
        title: 'Services and their profiles',
        columns: ['Service', 'Defined in', 'Profile'],
        rows: services.map((service) => [service.name, `${service.file}:${service.line}`, describe(service)]),
    };
}

// EXTERNAL MODULE: ./build/bundle/js/actions/subjects.js
var subjects = __webpack_require__(1600);
;// CONCATENATED MODULE: ./build/bundle/js/actions/seccomp-validate.js






const seccompValidate = (0,definition_define/* defineAction */.Q)({
    name: 'seccomp-validate',
    title: 'Seccomp profiles',
    description: 'Check that every service of a Compose project runs under a seccomp profile that says what it means.',
    icon: 'lock',
    inputs: {
        paths: (0,inputs/* paths */.f0)({ default: '.', doc: 'Files and folders to read: Compose files and seccomp profiles.' }),
        image: (0,inputs/* image */.Sl)({
            optional: true,
            doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
        }),
    },
    outputs: { services: 'Number of services found.', profiles: 'Number of profiles read.' },
    permissions: [{ scope: 'contents', access: 'read', why: 'to check out the files that are read' }],
    isTest: true,
    async run({ inputs, context }) {
        const tree = await readSeccompTree(context.files, context.root, inputs.paths);
        const services = (0,report_text/* count */.U9)(tree.services.length, 'service');
        const profiles = (0,report_text/* count */.U9)(tree.profiles.size, 'profile');
        return (0,report/* conclude */.E)({
            examined: { count: tree.services.length + tree.profiles.size, what: 'Compose service or seccomp profile' },
            findings: tree.findings,
            passed: `${services} and ${profiles} checked; nothing is wrong.`,
            sections: tree.services.length > 0 ? [serviceTable(tree)] : [],
            subjects: (0,subjects/* subjectsOf */.Z)(inputs.image, context),
            outputs: { services: tree.services.length, profiles: tree.profiles.size },
        });
    },
});


/***/ }),

/***/ 2504:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction)
/* harmony export */ });
/* unused harmony export commonOutputs */
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5390);

const commonInputs = {
    mode: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['enforce', 'observe'])({
        default: 'enforce',
        doc: 'With `observe` the step never fails, the verdict stays true, and the evidence never satisfies a promotion.',
    }),
};
const commonOutputs = {
    verdict: '`pass`, `fail` or `inconclusive`. Empty when the action was used wrongly or broke.',
    report: 'Path of the report as JSON (`schemas/report.json`).',
    evidence: 'Folder of the in-toto statements, not yet signed. Empty folder when there was no subject.',
    sarif: 'Path of the findings as SARIF 2.1.0.',
};
function defineAction(own) {
    return { ...own, isTest: own.isTest ?? false, inputs: { ...own.inputs, ...commonInputs } };
}


/***/ }),

/***/ 9686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ get),
/* harmony export */   Mi: () => (/* binding */ DocumentError),
/* harmony export */   Mw: () => (/* binding */ maxDepth),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   rr: () => (/* binding */ LineIndex),
/* harmony export */   ss: () => (/* binding */ duplicateKeys)
/* harmony export */ });
class DocumentError extends Error {
    name = 'DocumentError';
    line;
    column;
    constructor(message, position) {
        super(message);
        this.line = position.line;
        this.column = position.column;
    }
}
const maxDepth = 100;
function get(node, key) {
    if (node?.kind !== 'mapping')
        return undefined;
    return node.entries.findLast((entry) => entry.key.value === key)?.value;
}
function duplicateKeys(node) {
    const seen = new Set();
    return node.entries.flatMap(({ key }) => {
        if (seen.has(key.value))
            return [key];
        seen.add(key.value);
        return [];
    });
}
function plain(node) {
    if (node.kind === 'scalar')
        return node.value;
    if (node.kind === 'sequence')
        return node.items.map(plain);
    return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value), plain(value)]));
}
function nearest(node, path) {
    const [step, ...rest] = path;
    if (step === undefined)
        return node;
    const next = node.kind === 'sequence' ? node.items[Number(step)] : get(node, String(step));
    return next === undefined ? node : nearest(next, rest);
}
class LineIndex {
    #starts = [0];
    constructor(text) {
        for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
            this.#starts.push(at + 1);
    }
    at(offset) {
        let low = 0;
        let high = this.#starts.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((this.#starts[middle] ?? 0) <= offset)
                low = middle;
            else
                high = middle - 1;
        }
        return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
    }
}


/***/ }),

/***/ 561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ parseYamlStream),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var js_yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5129);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9686);


const maxNodes = 1_000_000;
function parseYamlStream(text) {
    const lines = new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .LineIndex */ .rr(text);
    const events = readEvents(text, lines);
    const reader = new Reader(text, events, lines);
    return reader.documents();
}
function parseYaml(text) {
    const [first, second] = parseYamlStream(text);
    if (first === undefined)
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('It is empty.', { line: 1, column: 1 });
    if (second !== undefined)
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('It holds more than one YAML document.', second);
    return first;
}
function readEvents(text, lines) {
    try {
        return (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .parseEvents */ .PH)(text, { maxDepth: _node_js__WEBPACK_IMPORTED_MODULE_0__/* .maxDepth */ .Mw });
    }
    catch (error) {
        if (!(error instanceof js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .YAMLException */ .tB))
            throw error;
        throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`It is not YAML: ${error.reason}.`, lines.at(error.mark?.position ?? 0));
    }
}
class Reader {
    #text;
    #events;
    #lines;
    #anchors = new Map();
    #next = 0;
    #nodes = 0;
    constructor(text, events, lines) {
        this.#text = text;
        this.#events = events;
        this.#lines = lines;
    }
    documents() {
        const documents = [];
        while (this.#next < this.#events.length) {
            const event = this.#take();
            if (event.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.DOCUMENT)
                continue;
            this.#anchors.clear();
            this.#nodes = 0;
            if (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                documents.push(this.#node());
        }
        return documents.filter((document) => !(document.kind === 'scalar' && document.value === null));
    }
    #node() {
        const event = this.#take();
        switch (event.type) {
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.ALIAS:
                return this.#alias(event.anchorStart, event.anchorEnd);
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.SCALAR:
                return this.#keep(event, this.#scalar(event));
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.SEQUENCE: {
                const items = [];
                const node = { kind: 'sequence', items, ...this.#lines.at(event.start) };
                while (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                    items.push(this.#node());
                this.#take();
                return this.#keep(event, node);
            }
            case js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.MAPPING: {
                const entries = [];
                const node = { kind: 'mapping', entries, ...this.#lines.at(event.start) };
                while (this.#peek()?.type !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .EVENT_ID */ .hy.POP)
                    entries.push(this.#entry());
                this.#take();
                return this.#keep(event, mergeKeys(node));
            }
            default:
                throw new Error(`unexpected YAML event ${event.type}`);
        }
    }
    #entry() {
        const key = this.#node();
        if (key.kind !== 'scalar')
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('A key is a list or a mapping; only text may be a key.', key);
        return { key, value: this.#node() };
    }
    #alias(start, end) {
        const name = this.#text.slice(start, end);
        const node = this.#anchors.get(name);
        const position = this.#lines.at(start);
        if (node === undefined)
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`The alias *${name} has no anchor before it.`, position);
        this.#count(size(node), position);
        return node;
    }
    #keep(event, node) {
        this.#count(1, node);
        if (event.anchorStart >= 0)
            this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
        return node;
    }
    #count(nodes, position) {
        this.#nodes += nodes;
        if (this.#nodes > maxNodes)
            throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi(`Its aliases unfold to more than ${maxNodes} values.`, position);
    }
    #scalar(event) {
        const text = (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .getScalarValue */ .KE)(this.#text, event);
        const tag = event.tagStart >= 0 ? this.#text.slice(event.tagStart, event.tagEnd) : '';
        const isText = event.style !== js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .SCALAR_STYLE */ .jK.PLAIN || tag.endsWith('str') || tag === '!';
        return {
            kind: 'scalar',
            value: isText ? text : resolveScalar(text),
            ...this.#lines.at(Math.max(event.valueStart, 0)),
        };
    }
    #peek() {
        return this.#events[this.#next];
    }
    #take() {
        const event = this.#events[this.#next++];
        if (event === undefined)
            throw new Error('the YAML events end too early');
        return event;
    }
}
function resolveScalar(text) {
    if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(Number(text)))
        return BigInt(text.replace('+', ''));
    if (!/^(?:~|null|true|false|[-+.]?[\d.].*|[-+]?\.(?:inf|nan))?$/i.test(text))
        return text;
    return (text === '' ? null : (0,js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .load */ .Hh)(text, { schema: js_yaml__WEBPACK_IMPORTED_MODULE_1__/* .CORE_SCHEMA */ .OU }));
}
function mergeKeys(node) {
    if (!node.entries.some(({ key }) => key.value === '<<'))
        return node;
    const own = node.entries.filter(({ key }) => key.value !== '<<');
    const merged = node.entries.filter(({ key }) => key.value === '<<').flatMap(({ value }) => sources(value));
    const known = new Set(own.map(({ key }) => key.value));
    const added = merged.filter(({ key }) => !known.has(key.value) && known.add(key.value));
    return { ...node, entries: [...own, ...added] };
}
function sources(value) {
    if (value.kind === 'mapping')
        return value.entries;
    if (value.kind === 'sequence')
        return value.items.flatMap(sources);
    throw new _node_js__WEBPACK_IMPORTED_MODULE_0__/* .DocumentError */ .Mi('A merge key (<<) needs a mapping or a list of mappings.', value);
}
function size(node) {
    if (node.kind === 'scalar')
        return 1;
    if (node.kind === 'sequence')
        return node.items.reduce((sum, item) => sum + size(item), 1);
    return node.entries.reduce((sum, { value }) => sum + 1 + size(value), 1);
}


/***/ })

};
