// Written by scripts/build.ts.
import { run } from './index.js';
await run('load-test', 'main', import.meta.url);
