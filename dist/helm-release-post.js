// Written by scripts/build.ts.
import { run } from './index.js';
await run('helm-release', 'post', import.meta.url);
