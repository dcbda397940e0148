// Written by scripts/build.ts.
import { run } from './index.js';
await run('canary-analyze', 'post', import.meta.url);
