import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a run of seccomp-validate takes from the start of its process to its end. */
export interface TreeCost {
  readonly milliseconds: number;
  /** Largest resident size, 10^6 bytes. */
  readonly peakMegabytes: number;
}

const counts = { profiles: 10, compose: 60, manifests: 90 } as const;

/**
 * Runs `dist/seccomp-validate.js` on a tree of 10 profiles, 60 Compose services and 90 manifests, and a Node that does nothing: one of each a
 * round. What counts is the fastest of all rounds.
 */
export function costOfTree(rounds: number): TreeCost & { readonly node: number } {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tree-'));
  try {
    writeTree(folder);
    let fastest = { node: Infinity, milliseconds: Infinity, peakMegabytes: NaN };
    for (let round = 0; round < rounds; round++) {
      const node = Math.min(fastest.node, timeOfNode(folder));
      const run = runOn(folder);
      fastest = run.milliseconds < fastest.milliseconds ? { ...run, node } : { ...fastest, node };
    }
    return fastest;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Ten variants of a profile of the size that Docker's default has, and services that are as a policy wants them. */
function writeTree(folder: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const profile = readFileSync('policies/seccomp/docker-default.json', 'utf8');
  for (let at = 0; at < counts.profiles; at++)
    write(
      `seccomp/profile-${at}.json`,
      profile.replace(
        '"syscalls": [',
        `"syscalls": [{"names": ["getpid"], "action": "SCMP_ACT_LOG", "comment": "${at}"},`,
      ),
    );
  const services = Array.from({ length: counts.compose }, (_, at) =>
    [
      `  service-${at}:`,
      '    <<: *hardened',
      `    image: registry.example/service-${at}:1.0`,
      `    security_opt: [seccomp=./seccomp/profile-${at % counts.profiles}.json, no-new-privileges:true]`,
    ].join('\n'),
  );
  const hardened =
    "x-hardened: &hardened\n  user: '10001:10001'\n  read_only: true\n  cap_drop: [ALL]\n  cpus: 1\n  mem_limit: 256M\n  healthcheck: { test: [CMD, /bin/check] }\n";
  write('compose.yaml', `${hardened}services:\n${services.join('\n')}\n`);
  for (let at = 0; at < counts.manifests; at++) write(`manifests/deployment-${at}.yaml`, manifest(at));
}

function manifest(at: number): string {
  const labels = { app: `app-${at}` };
  const container = {
    name: `app-${at}`,
    image: `registry.example/app-${at}:1.0`,
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources: { limits: { cpu: '1', memory: '256Mi' } },
    readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
  };
  const securityContext = { runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } };
  const template = { metadata: { labels }, spec: { securityContext, containers: [container] } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${at}` },
    spec: { selector: { matchLabels: labels }, template },
  };
  // JSON is YAML too.
  return JSON.stringify(deployment, null, 2);
}

/** Writes its largest resident size, in KiB, as the last line of its error output. */
const reportPeak =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS))';

function timeOfNode(folder: string): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0'], { cwd: folder });
  return performance.now() - started;
}

function runOn(folder: string): TreeCost {
  const output = join(folder, 'output');
  writeFileSync(output, '');
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, '.slipway') },
    ...{
      GITHUB_OUTPUT: output,
      INPUT_PATHS: '.',
      INPUT_POLICY: 'built-in:policies/seccomp.yaml',
      INPUT_ENFORCE: 'off',
    },
  };
  const command = ['--import', reportPeak, resolve('dist/seccomp-validate.js')];
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  const milliseconds = performance.now() - started;
  const outputs = readFileSync(output, 'utf8');
  const valueOf = (name: string): number =>
    Number(new RegExp(`^${name}<<(\\S+)\\n(\\d+)\\n`, 'm').exec(outputs)?.[2] ?? NaN);
  const [services, profiles] = [valueOf('services'), valueOf('profiles')];
  const isWhole = services === counts.compose + counts.manifests && profiles === counts.profiles;
  // It fails, as it should: Docker's default lets calls through that the policy calls dangerous.
  if (status !== 1 || !isWhole)
    throw new Error(
      `seccomp-validate ended with ${status} and found ${services} services and ${profiles} profiles: ${stdout}${stderr}`,
    );
  const peakKibibytes = Number(/peak (\d+)$/.exec(stderr)?.[1]);
  return { milliseconds, peakMegabytes: (peakKibibytes * 1024) / 1e6 };
}
