import type { BareProfile } from '../loading/profile.ts';
import type { Start } from './start.ts';

/** Where a container sees the workspace: what hides the machine's own folders, such as a writable /tmp, does not hide it. */
export const workspaceFolder = '/workspace';

/** Devices and file systems that a container of Docker has too (opencontainers/runtime-spec 1.2.1, config-linux.md, "Default Filesystems"). */
const usualMounts = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  {
    destination: '/dev',
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  },
  {
    destination: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
  },
  { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
];

/**
 * The config.json of a container (opencontainers/runtime-spec 1.2.1).
 * @param root absolute path of its root file system
 * @param profile what the loader made of the profile; undefined for no filter
 */
export function bundleConfig(start: Start, root: string, profile: BareProfile | undefined): string {
  const { uid, gid } = start.user;
  const capabilities = start.capabilities;
  const config = JSON.stringify({
    ociVersion: '1.0.0',
    process: {
      terminal: false,
      user: { uid, gid },
      args: start.command,
      env: Object.entries(start.env).map(([name, value]) => `${name}=${value}`),
      cwd: start.cwd,
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      noNewPrivileges: start.noNewPrivileges,
    },
    root: { path: root, readonly: true },
    hostname: 'slipway',
    mounts: [
      ...usualMounts,
      ...(start.workspace === undefined
        ? []
        : [
            { destination: workspaceFolder, type: 'bind', source: start.workspace, options: ['rbind', 'ro', 'nosuid'] },
          ]),
      // Owned by the user: runc 1.1 gives a tmpfs the mode of the folder that it covers, whatever mode is asked for.
      ...start.writable.map((destination) => ({
        destination,
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'nodev', 'mode=0755', `uid=${uid}`, `gid=${gid}`],
      })),
    ],
  });
  const namespaces = ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type }));
  const seccomp = profile === undefined ? '' : `,"seccomp":${ociText(profile)}`;
  return `${config.slice(0, -1)},"linux":{"namespaces":${JSON.stringify(namespaces)}${seccomp}}}`;
}

/** A profile as JSON. JSON.stringify alone cannot write its 64-bit numbers. */
export function ociText({ defaultAction, defaultErrnoRet, architectures, flags, syscalls }: BareProfile): string {
  const rules = syscalls.map(({ names, action, errnoRet, args }) => {
    const conditions = args.map(
      ({ index, value, valueTwo, op }) =>
        `{"index":${index},"value":${value},"valueTwo":${valueTwo},"op":${JSON.stringify(op)}}`,
    );
    return `{"names":${JSON.stringify(names)},"action":${JSON.stringify(action)}${number('errnoRet', errnoRet)},"args":[${conditions.join(',')}]}`;
  });
  const head = JSON.stringify({ defaultAction, architectures, flags }).slice(1, -1);
  return `{${head}${number('defaultErrnoRet', defaultErrnoRet)},"syscalls":[${rules.join(',')}]}`;
}

function number(key: string, value: bigint | undefined): string {
  return value === undefined ? '' : `,"${key}":${value}`;
}
