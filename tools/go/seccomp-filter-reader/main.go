// Command seccomp-filter-reader runs a program and reads back the seccomp filter that it, or a process that it starts, installs. It prints
// JSON: how the program ended, and the filters in the order of installation as the kernel holds them, in base64. A process that installed
// one is killed at once, so that it does not matter what its filter lets it do.
//
// Usage: seccomp-filter-reader [-private-cgroup2] program [argument...]
//
// It needs root, and a kernel with CONFIG_CHECKPOINT_RESTORE for PTRACE_SECCOMP_GET_FILTER (ptrace(2)).
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The word with which the program starts itself for the second step.
const second = "exec-with-tracing-filter"

type report struct {
	// Exit status of the program; 128 and the signal's number where a signal ended it.
	Status  int      `json:"status"`
	Filters []filter `json:"filters"`
}

type filter struct {
	// struct sock_filter, one behind the other.
	Program string `json:"program"`
	// Whether the process got a file descriptor on which the kernel asks what to do.
	Listener bool `json:"listener"`
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == second {
		fail(execWithTracingFilter(os.Args[2:]))
	}
	private := flag.Bool("private-cgroup2", false, "mount cgroup2 over /sys/fs/cgroup, for nobody else to see")
	flag.Parse()
	if flag.NArg() == 0 {
		fail(errors.New("no program is given"))
	}
	// The kernel takes the requests about a traced process from one thread only.
	runtime.LockOSThread()
	if *private {
		fail(mountCgroup2())
	}
	path, err := exec.LookPath(flag.Arg(0))
	fail(err)
	self, err := os.Executable()
	fail(err)
	process, err := os.StartProcess(self, append([]string{self, second, path}, flag.Args()...), &os.ProcAttr{
		Env: os.Environ(),
		// What it prints is not mixed with the report.
		Files: []*os.File{os.Stdin, os.Stderr, os.Stderr},
		Sys:   &syscall.SysProcAttr{Ptrace: true},
	})
	fail(err)
	found, err := trace(process.Pid)
	fail(err)
	fail(json.NewEncoder(os.Stdout).Encode(found))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "seccomp-filter-reader:", err)
		os.Exit(125)
	}
}

func mountCgroup2() error {
	if err := unix.Unshare(unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	if err := unix.Mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, ""); err != nil {
		return fmt.Errorf("mounting cgroup2: %w", err)
	}
	return nil
}

// execWithTracingFilter becomes the program, under a filter that stops for the tracer at each call that may install a filter and at no other: the
// program runs at nearly its own speed. The arguments are the path and the program's own.
func execWithTracingFilter(args []string) error {
	const load, jumpIfEqual, ret = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_RET | unix.BPF_K
	// Offsets in struct seccomp_data: the number at 0, the lower half of the first argument at 16.
	program := []unix.SockFilter{
		{Code: load, K: 0},
		{Code: jumpIfEqual, Jt: 2, Jf: 0, K: unix.SYS_SECCOMP},
		{Code: jumpIfEqual, Jt: 3, Jf: 0, K: unix.SYS_PRCTL},
		{Code: ret, K: unix.SECCOMP_RET_ALLOW},
		{Code: load, K: 16},
		{Code: jumpIfEqual, Jt: 3, Jf: 2, K: unix.SECCOMP_SET_MODE_FILTER},
		{Code: load, K: 16},
		{Code: jumpIfEqual, Jt: 1, Jf: 0, K: unix.PR_SET_SECCOMP},
		{Code: ret, K: unix.SECCOMP_RET_ALLOW},
		{Code: ret, K: unix.SECCOMP_RET_TRACE},
	}
	tracing := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&tracing)))
	if errno != 0 {
		return fmt.Errorf("installing the tracing filter: %w", errno)
	}
	return fmt.Errorf("%s: %w", args[0], unix.Exec(args[0], args[1:], os.Environ()))
}

const options = unix.PTRACE_O_EXITKILL | unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACESECCOMP |
	unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEEXEC

// trace follows a process that waits at its start, and all that it starts, until it ends.
func trace(root int) (*report, error) {
	found := &report{Filters: []filter{}}
	var status unix.WaitStatus
	if _, err := unix.Wait4(root, &status, unix.WALL, nil); err != nil {
		return nil, fmt.Errorf("waiting for the start: %w", err)
	}
	if err := unix.PtraceSetOptions(root, options); err != nil {
		return nil, fmt.Errorf("setting options: %w", err)
	}
	if err := unix.PtraceCont(root, 0); err != nil {
		return nil, fmt.Errorf("continuing: %w", err)
	}
	started := map[int]bool{root: true}
	for {
		pid, err := unix.Wait4(-1, &status, unix.WALL, nil)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("waiting: %w", err)
		}
		switch {
		case pid == root && status.Exited():
			found.Status = status.ExitStatus()
			return found, nil
		case pid == root && status.Signaled():
			found.Status = 128 + int(status.Signal())
			return found, nil
		case !status.Stopped():
			delete(started, pid)
		case status.StopSignal() == unix.SIGTRAP|0x80:
			one, err := installed(pid)
			if err != nil {
				return nil, err
			}
			if one != nil {
				found.Filters = append(found.Filters, *one)
				_ = unix.Kill(pid, unix.SIGKILL)
			}
			_ = unix.PtraceCont(pid, 0)
		case status.StopSignal() == unix.SIGTRAP && status.TrapCause() == unix.PTRACE_EVENT_SECCOMP:
			// The next stop is the end of the call.
			_ = unix.PtraceSyscall(pid, 0)
		case status.StopSignal() == unix.SIGTRAP && status.TrapCause() > 0, status.StopSignal() == unix.SIGSTOP && !started[pid]:
			// A new child or program, or a child's own first stop.
			started[pid] = true
			_ = unix.PtraceCont(pid, 0)
		default:
			// A process that died meanwhile cannot be continued, which is told by the next wait.
			_ = unix.PtraceCont(pid, int(status.StopSignal()))
		}
	}
}

// installed gives the newest filter of a process that stands at the end of a call; nil when the call installed none.
func installed(pid int) (*filter, error) {
	// struct ptrace_syscall_info: whether the call failed is the byte behind its result, which is the 64-bit word at byte 24.
	var info [11]uint64
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(pid), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if errno != 0 {
		return nil, fmt.Errorf("PTRACE_GET_SYSCALL_INFO: %w", errno)
	}
	if isError := byte(info[4]); isError != 0 {
		return nil, nil
	}
	// The kernel counts from the oldest filter, whatever ptrace(2) says; the oldest is our own.
	const newest = 1
	count, _, errno := unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_SECCOMP_GET_FILTER, uintptr(pid), newest, 0, 0, 0)
	if errno != 0 {
		return nil, fmt.Errorf("PTRACE_SECCOMP_GET_FILTER: %w", errno)
	}
	bytes := make([]byte, count*unsafe.Sizeof(unix.SockFilter{}))
	_, _, errno = unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_SECCOMP_GET_FILTER, uintptr(pid), newest, uintptr(unsafe.Pointer(&bytes[0])), 0, 0)
	if errno != 0 {
		return nil, fmt.Errorf("PTRACE_SECCOMP_GET_FILTER: %w", errno)
	}
	// A call that installs a filter returns the listener, or 0.
	return &filter{Program: base64.StdEncoding.EncodeToString(bytes), Listener: info[3] != 0}, nil
}
