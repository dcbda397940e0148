/**
 * Runs an OCI runtime in namespaces of its own for processes and mounts, so that the end of one process ends the runtime, the container, its
 * mounts and the runtime's state, however that end comes. A constant: what a user wrote reaches it as arguments only.
 *
 * Arguments: folder, lower file system, seconds, login id, then the runtime's command line. What it leaves in the folder: `pid`, the first
 * process as the machine numbers it; `output`, the end of what the program wrote; `problem`, when the container could not be prepared.
 */
export const containerScript = `
folder=$1 lower=$2 seconds=$3 login=$4
shift 4
fail() { echo "$1" > "$folder/problem"; exit 125; }
mounts=$(cat /proc/self/mountinfo)
read -r pid rest < /proc/self/stat
layer=$folder/layer
mount -t tmpfs -o mode=755 tmpfs "$layer" || fail "a tmpfs cannot be mounted"
cd "$layer" || fail "the tmpfs cannot be entered"
mkdir lower upper work root state
# Relative names: a colon or a comma of a path would mean something else in the options.
mount --bind "$lower" lower || fail "$lower cannot be mounted"
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay root || fail "an overlay of $lower cannot be mounted"
cd /
if [ "$lower" = / ]; then
  printf '%s\\n' "$mounts" | while read -r id parent device inner target rest; do
    case "$target" in /|/proc|/proc/*|/sys|/sys/*|/dev|/dev/*|/run|/run/*) continue;; esac
    target=$(printf '%b' "$target")
    mount --bind "$target" "$layer/root$target" || continue
    mount -o remount,bind,ro "$layer/root$target" || umount -l "$layer/root$target"
  done
fi
mount -t proc proc /proc || fail "proc cannot be mounted"
# crun refuses a machine with cgroups of both versions; it needs none here.
for word do [ "$word" != --cgroup-manager=disabled ] || mount -t cgroup2 cgroup2 /sys/fs/cgroup; done
# The kernel writes this id into each record of a filter, which tells ours from those of other containers.
if [ "$login" != 0 ]; then echo "$login" > /proc/self/loginuid || fail "the login id cannot be set"; fi
mkfifo "$layer/output"
tail -c 65536 < "$layer/output" > "$folder/output" &
echo "$pid" > "$folder/pid"
timeout --signal=KILL "$seconds" "$@" > "$layer/output" 2>&1
code=$?
wait
exit "$code"
`;
