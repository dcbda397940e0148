import { packagedFrom } from '../action/package-root.ts';

/** Absolute path of a file that is shipped with Slipway; the command runs from `src/`. */
export const packaged = packagedFrom(new URL('..', import.meta.url).href);
