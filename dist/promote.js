// Written by scripts/build.ts.
import { run } from './index.js';
await run('promote', 'main', import.meta.url);
