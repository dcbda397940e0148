import { defineRules } from '../report/rule.ts';

/** What is checked of the statements that gates wrote, and of what lies at the image afterwards. */
export const evidenceRules = defineRules({
  foreign: {
    id: 'evidence/foreign',
    title: 'A statement was not written by a gate of this job',
    why: 'A statement from an artifact or a checkout can say anything; signed here, it would speak in the name of this workflow.',
    fix: 'Run the gate in the job that signs, before this step.',
    outcome: 'fail',
  },
  changed: {
    id: 'evidence/changed',
    title: 'A statement was changed after the gate wrote it',
    why: 'It no longer says what the gate measured.',
    fix: 'Find the step between the gate and this one that writes to the evidence folder, and remove it.',
    outcome: 'fail',
  },
  unreadable: {
    id: 'evidence/unreadable',
    title: 'A statement cannot be read',
    why: 'What cannot be read by this gate cannot be read by those who must rely on it.',
    fix: 'Give only in-toto statements that gates of this job wrote.',
    outcome: 'fail',
  },
  subjectMismatch: {
    id: 'evidence/subject-mismatch',
    title: 'A statement speaks of something other than the image',
    why: 'Attached to this image it would lend it the result of another one, or of a commit.',
    fix: 'Give the gate that wrote it the same `image`, by digest; or name in `evidence` only what is about the image.',
    outcome: 'fail',
  },
  none: {
    id: 'evidence/none',
    title: 'There is no statement where evidence was expected',
    why: 'You named evidence to be signed. Signing nothing without a word would look the same as success.',
    fix: 'Give the `evidence` output of a gate that ran with `image`. A gate without a subject writes no statement.',
    outcome: 'fail',
  },
  nothingToSign: {
    id: 'evidence/nothing-to-sign',
    title: 'The job has no evidence to sign',
    why: 'Evidence was all that should be signed. Whether gates ran at all is unknown, and silence would look the same as success.',
    fix: 'Run the gates with `image` in this job, before this step.',
    outcome: 'inconclusive',
  },
  readBackFailed: {
    id: 'evidence/read-back-failed',
    title: 'What was attached does not verify when it is read back',
    why: 'The registry, or something before it, gives others something else than what was pushed.',
    fix: 'Look at proxies and mirrors between here and the registry, then run the job again.',
    outcome: 'fail',
  },
});
