import { defineAction } from '../definition/define.ts';
import { image, paths } from '../definition/inputs.ts';
import { conclude } from '../report/report.ts';
import { count } from '../report/text.ts';
import { readSeccompTree, serviceTable } from '../seccomp/tree.ts';
import { subjectsOf } from './subjects.ts';

export const seccompValidate = defineAction({
  name: 'seccomp-validate',
  title: 'Seccomp profiles',
  description: 'Check that every service of a Compose project runs under a seccomp profile that says what it means.',
  icon: 'lock',
  inputs: {
    paths: paths({ default: '.', doc: 'Files and folders to read: Compose files and seccomp profiles.' }),
    image: image({
      optional: true,
      doc: 'The image that the evidence speaks of. Without it the evidence speaks of the commit, and satisfies no promotion.',
    }),
  },
  outputs: { services: 'Number of services found.', profiles: 'Number of profiles read.' },
  permissions: [{ scope: 'contents', access: 'read', why: 'to check out the files that are read' }],
  isTest: true,
  async run({ inputs, context }) {
    const tree = await readSeccompTree(context.files, context.root, inputs.paths);
    const services = count(tree.services.length, 'service');
    const profiles = count(tree.profiles.size, 'profile');
    return conclude({
      examined: { count: tree.services.length + tree.profiles.size, what: 'Compose service or seccomp profile' },
      findings: tree.findings,
      passed: `${services} and ${profiles} checked; nothing is wrong.`,
      sections: tree.services.length > 0 ? [serviceTable(tree)] : [],
      subjects: subjectsOf(inputs.image, context),
      outputs: { services: tree.services.length, profiles: tree.profiles.size },
    });
  },
});
