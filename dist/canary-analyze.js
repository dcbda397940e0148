// Written by scripts/build.ts.
import { run } from './index.js';
await run('canary-analyze', 'main', import.meta.url);
