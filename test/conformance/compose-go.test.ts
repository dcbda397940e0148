import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { composeProjects, isComposeFile } from '../../src/services/compose/projects.ts';
import { holdsEngineSocket } from '../../src/services/engine-socket.ts';
import { readServices } from '../../src/services/read.ts';
import type { Service } from '../../src/services/service.ts';
import { Workspace } from '../../src/services/workspace.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** What compose-go, the loader of `docker compose`, answered; scripts/update-compose-answers.ts records it. */
const folder = 'test/conformance/data/compose-go';
const cases = load(readFileSync(`${folder}/cases.yaml`, 'utf8')) as {
  name: string;
  spec: string;
  files: Record<string, string>;
}[];
const { answers } = JSON.parse(readFileSync(`${folder}/answers.json`, 'utf8')) as { answers: Record<string, Answer> };

interface Answer {
  readonly refused?: true;
  readonly services?: Record<string, ComposeService>;
}

/** A service as compose-go prints it, as far as it says how the service is confined. */
interface ComposeService {
  readonly security_opt?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly user?: string;
  readonly privileged?: boolean;
  readonly read_only?: boolean;
  readonly command?: readonly string[] | null;
  readonly entrypoint?: readonly string[] | null;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly volumes?: readonly { readonly type: string; readonly source?: string }[];
  readonly cpus?: number;
  readonly mem_limit?: string;
  readonly deploy?: {
    readonly resources?: { readonly limits?: { readonly cpus?: unknown; readonly memory?: unknown } };
  };
}

function expected(service: ComposeService): unknown {
  const options = (service.security_opt ?? []).map((option) => option.replace(/^([^=:]*)[=:]/, '$1='));
  const profile = options.findLast((option) => option.startsWith('seccomp='))?.slice('seccomp='.length);
  const limits = service.deploy?.resources?.limits;
  const test = service.healthcheck?.test;
  return {
    profile,
    noNewPrivileges: options.some((option) => /^no-new-privileges(?:=true)?$/.test(option)),
    added: service.cap_add ?? [],
    dropped: service.cap_drop ?? [],
    user: service.user ?? '',
    privileged: service.privileged ?? false,
    readOnly: service.read_only ?? false,
    command: [...(service.entrypoint ?? []), ...(service.command ?? [])],
    healthCheck: test !== undefined && test[0] !== 'NONE' && service.healthcheck?.disable !== true,
    sockets: (service.volumes ?? []).flatMap(({ source = '' }) => (holdsEngineSocket(source) ? [source] : [])),
    cpu: (limits?.cpus ?? service.cpus) !== undefined,
    memory: (limits?.memory ?? service.mem_limit) !== undefined,
  };
}

function actual(service: Service): unknown {
  return {
    profile: service.seccomp.kind === 'file' ? service.seccomp.written : undefined,
    noNewPrivileges: service.noNewPrivileges.value,
    added: service.addedCapabilities.map(({ value }) => value),
    dropped: service.droppedCapabilities.map(({ value }) => value),
    user: service.user.value.text,
    privileged: service.privileged.value,
    readOnly: service.readOnlyRoot.value,
    command: service.command,
    healthCheck: service.healthCheck.value,
    sockets: service.engineSockets.map(({ value }) => value),
    cpu: service.limits.value.cpu,
    memory: service.limits.value.memory,
  };
}

describe('a Compose project means what compose-go says', () => {
  it.each(cases.map((one) => [one.name, one.spec, one] as const))('%s (%s)', async (name, _, { files }) => {
    const content = Object.fromEntries(Object.entries(files).map(([file, text]) => [`/project/${file}`, text]));
    const nothing = (): Promise<never> => Promise.reject(new Error('nothing is run'));
    const disk = memoryFiles(content);
    const composeFiles = Object.keys(content).filter(isComposeFile);
    const projects = (await composeProjects(composeFiles, new Workspace(disk, '/project'))).slice(0, 1);
    const found = await readServices(disk, '/project', ['/project'], { exec: nothing, program: nothing, projects });
    const answer = answers[name];
    if (answer?.refused === true) {
      const worst = found.findings.map(({ rule }) => rule.outcome);
      expect(worst.some((outcome) => outcome === 'fail' || outcome === 'inconclusive')).toBe(true);
      return;
    }
    const services = Object.fromEntries(found.services.map((service) => [service.name, actual(service)]));
    const wanted = Object.entries(answer?.services ?? {}).map(([service, said]) => [service, expected(said)]);
    expect(services).toEqual(Object.fromEntries(wanted));
  });
});
