/** A valid promotion policy that asks staging for a signature. */
export const promotionPolicy = `version: 1
source: { repository: octo/game, id: '22', refs: [refs/heads/main] }
signers:
  build: { workflow: slipway-ci/slipway/.github/workflows/build.yml, at: [refs/tags/v0.1.0] }
stages:
  staging: { require: [{ evidence: signature, by: build }] }
`;
