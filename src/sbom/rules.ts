import { defineRules } from '../report/rule.ts';

const specification = 'https://spdx.github.io/spdx-spec/v2.3/';

/** What is checked of an SBOM before it is signed. */
export const sbomRules = defineRules({
  programFailed: {
    id: 'sbom/program-failed',
    title: 'Syft did not write an SBOM',
    why: 'What is in the image is not known, so nothing about it can be signed.',
    fix: 'Read what Syft says. It must reach the registry, and its time limit is ten minutes.',
    outcome: 'inconclusive',
  },
  unreadable: {
    id: 'sbom/unreadable',
    title: 'The SBOM is no SPDX 2.3 document',
    why: 'Half a document, or one of another format, lists something other than what is in the image.',
    fix: 'Give a complete SPDX 2.3 document as JSON, or leave `sbom` out to have one made.',
    outcome: 'fail',
    reference: specification,
  },
  tooLarge: {
    id: 'sbom/too-large',
    title: 'The SBOM is too large to be signed',
    why: 'Logs and verifiers refuse larger attestations, so nobody could use it.',
    fix: 'Leave the single files out of the SBOM and keep the packages.',
    outcome: 'fail',
  },
  subjectMismatch: {
    id: 'sbom/subject-mismatch',
    title: 'The SBOM is of another image',
    why: 'A signed list of what is in another image hides what is in this one.',
    fix: 'Make the SBOM from the very digest that is signed, after the push.',
    outcome: 'fail',
    reference: `${specification}relationships-between-SPDX-elements/`,
  },
  indexOfImages: {
    id: 'sbom/index-of-images',
    title: 'The digest names an index of images',
    why: 'An index holds an image for each platform; Syft looks at one, and nothing would be said of the others.',
    fix: 'Sign the digest of one image (docker/build-push-action pushes an index unless it builds for one platform with `provenance: false`), or give an `sbom` of the whole index.',
    outcome: 'inconclusive',
  },
  empty: {
    id: 'sbom/empty',
    title: 'The SBOM lists no package',
    why: 'An image without any package is rare; a scanner that did not recognise what is inside is not.',
    fix: 'Check that the image is the one you mean. For an image that really holds no package, give your own SBOM that names what is in it.',
    outcome: 'inconclusive',
  },
});
