// Written by scripts/build.ts.
import { run } from './index.js';
await run('sbom-sign', 'main', import.meta.url);
