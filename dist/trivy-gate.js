// Written by scripts/build.ts.
import { run } from './index.js';
await run('trivy-gate', 'main', import.meta.url);
