/** Version of this release. `npm run generate` keeps it equal to package.json's. */
export const version = '0.1.0';

/** Owner and name of this repository on GitHub: what users write before the path in `uses:`. */
export const repository = 'slipway-ci/slipway';

export const homepage = `https://github.com/${repository}`;
