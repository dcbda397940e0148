import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Repository } from '../../src/registry/client.ts';
import { mediaTypes } from '../../src/registry/manifest.ts';

/** Packages that the image seems to have installed: name and version. */
const packages = { base: '1.0-1', tools: '2.3-1' };

/**
 * Pushes a tiny image with one layer: enough of a Debian system for a scanner to find two packages.
 * @param marker goes into the layer, so that two images differ
 * @returns the digest of its manifest
 */
export async function pushImage(repository: Repository, marker = ''): Promise<string> {
  const status = Object.entries(packages).map(
    ([name, version]) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nMaintainer: Nobody\nDescription: ${name}\n`,
  );
  return pushLayer(repository, {
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n',
    'var/lib/dpkg/status': status.join('\n'),
    'etc/marker': marker,
  });
}

/** Pushes an image whose only layer holds some files, by path and content. */
export async function pushLayer(repository: Repository, files: Readonly<Record<string, string>>): Promise<string> {
  const layer = await repository.pushBlob(tarOf(files));
  const settings = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  };
  const config = await repository.pushBlob(Buffer.from(JSON.stringify(settings)));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.image,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
  };
  return (await repository.pushManifest(Buffer.from(JSON.stringify(manifest)), mediaTypes.image)).digest;
}

function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'layer-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return execFileSync('tar', ['-C', folder, '--owner=0', '--group=0', '-cf', '-', '.']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
