import { stripTypeScriptTypes } from 'node:module';

/** Turns TypeScript into JavaScript for jest the way Node itself does: types become spaces, so places stay the same. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
