// Written by scripts/build.ts.
import { run } from './index.js';
await run('seccomp-validate', 'main', import.meta.url);
