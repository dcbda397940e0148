// Written by scripts/build.ts.
import { run } from './index.js';
await run('helm-release', 'main', import.meta.url);
