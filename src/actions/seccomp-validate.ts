import { defineAction } from '../definition/define.ts';
import { document } from '../definition/document.ts';
import { choice, commit, image, paths, text } from '../definition/inputs.ts';
import { conclude, type ProgramUsed } from '../report/report.ts';
import { count } from '../report/text.ts';
import { policyUsed } from './policy-used.ts';
import { programUsed } from './programs.ts';
import { subjectsOf } from './subjects.ts';

export const seccompValidate = defineAction({
  name: 'seccomp-validate',
  title: 'Seccomp profiles',
  description: 'Prove that each service runs under a seccomp profile that is strict and still lets it start.',
  icon: 'lock',
  inputs: {
    paths: paths({
      default: '.',
      doc: 'Files and folders to read: profiles, Compose files, Kubernetes manifests, charts and kustomizations.',
    }),
    policy: document(async () => (await import('../seccomp/policy.ts')).seccompPolicySchema)({
      default: 'built-in:policies/seccomp.yaml',
      doc: 'What profiles may let through, which service must use which, and what is started (`schemas/seccomp.json`).',
    }),
    enforce: choice(['auto', 'require', 'off'])({
      default: 'auto',
      doc: "Start the services of the policy's `starts` under their profiles, with runc and crun: where that is possible, always (else the verdict is inconclusive), or never.",
    }),
    base: commit({
      default: '${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}',
      doc: 'Commit that a change is measured against: a profile that lets through more than it did there fails. By default the base of the pull request or merge group.',
      optional: true,
    }),
    image: image({
      optional: true,
      doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
    }),
    'helm-path': text({
      optional: true,
      doc: 'A Helm that is already on the runner, in place of the pinned one; charts need it.',
    }),
    'kubectl-path': text({
      optional: true,
      doc: 'A kubectl that is already on the runner, in place of the pinned one; kustomizations need it.',
    }),
  },
  outputs: {
    services: 'Number of services found.',
    profiles: 'Number of profiles read.',
    started: 'Number of services that were started under their profiles.',
    patches: 'Folder with a patch for each profile that kept its service from starting; empty when there is none.',
  },
  permissions: [{ scope: 'contents', access: 'read', why: 'to check out the files that are read' }],
  isTest: true,
  async run({ inputs, context }) {
    const {
      applyWaivers,
      checkServices,
      judgeTree,
      profileTable,
      readLoosenings,
      readSeccompTree,
      serviceTable,
      startServices,
    } = await import('./seccomp-parts.ts');
    const { value: policy, name: policyFile } = inputs.policy;
    const dockerDefault = await context.files.readText(context.packaged('policies/seccomp/docker-default.json'), 1e6);

    const programs = new Map<string, ProgramUsed>();
    const options = {
      exec: context.exec,
      program: async (name: string) => {
        const program = await context.program(name, inputs[name === 'helm' ? 'helm-path' : 'kubectl-path']);
        programs.set(name, programUsed(program));
        return program;
      },
      environment: context.environment,
    };
    const tree = await readSeccompTree(context.files, context.root, inputs.paths, options);
    const judged = judgeTree(tree, policy, dockerDefault);
    const loosenings = await readLoosenings(inputs.base, tree, { ...inputs, options, dockerDefault }, context);
    const starts = await startServices(tree, inputs, context);
    const findings = [
      ...tree.findings,
      ...judged.findings,
      ...checkServices(tree.services, policy.services, context.root, policyFile),
      ...loosenings.findings,
      ...starts.findings,
    ];
    const services = count(tree.services.length, 'service');
    const profiles = count(tree.profiles.size, 'profile');
    return conclude({
      examined: { count: tree.services.length + tree.profiles.size, what: 'service or seccomp profile' },
      findings: applyWaivers(findings, policy.waivers, context.clock.now(), policyFile),
      passed: `${services} and ${profiles} checked, ${starts.started} started under their profiles; nothing is wrong.`,
      measurements: starts.measurements,
      sections: [
        ...(tree.services.length > 0 ? [serviceTable(tree)] : []),
        ...(tree.profiles.size > 0 ? [profileTable(judged.summaries)] : []),
        ...loosenings.sections,
        ...starts.sections,
      ],
      subjects: subjectsOf(inputs.image, context),
      policy: policyUsed(inputs.policy),
      programs: [...programs.values()],
      outputs: {
        services: tree.services.length,
        profiles: tree.profiles.size,
        started: starts.started,
        patches: starts.patches,
      },
    });
  },
});
