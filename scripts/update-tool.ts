/**
 * Pins another version of a released program in tools/manifest.yaml: downloads it for every platform, compares it with
 * the project's own list of digests, checks its signature with cosign where there is a Sigstore bundle, and recomputes
 * the digests. SLIPWAY_TRUSTED_ROOT names a trusted root to check signatures offline.
 * Usage: npm run tools:update <program> <version>
 */
import { UsageError } from '../src/definition/values.ts';
import { install } from '../src/tools/install.ts';
import { updateProgram } from '../src/tools/update.ts';
import { withWorkshop } from './with-workshop.ts';

await withWorkshop(async (workshop) => {
  const [name, version, ...more] = process.argv.slice(2);
  if (name === undefined || version === undefined || more.length > 0) {
    throw new UsageError('Usage: npm run tools:update <program> <version>');
  }
  const cosign = async (): Promise<string> => {
    const [installed] = await install(['cosign'], { release: false }, workshop);
    return installed?.path ?? 'cosign';
  };
  const trustedRoot = workshop.env.SLIPWAY_TRUSTED_ROOT;
  await updateProgram(name, version, { ...workshop, manifest: 'tools/manifest.yaml', cosign, trustedRoot });
});
