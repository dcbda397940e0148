/** An image named by its digest. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  /** `sha256:` and 64 lower-case hex digits. */
  readonly digest: string;
  /** A tag that stands beside the digest. The digest counts; a promotion checks that the tag still names it. */
  readonly tag?: string;
  /** `<registry>/<repository>@<digest>`. */
  readonly text: string;
}

const registryPattern =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d{1,5})?$|^\[[0-9a-fA-F:]+\](?::\d{1,5})?$/;
/** OCI distribution specification 1.1, "Pulling manifests": the grammar of <name>. */
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** The reference, or a sentence that says what is wrong with it. */
export function parseImage(given: string): ImageReference | string {
  const [beforeDigest = '', digest, ...rest] = given.split('@');
  if (digest === undefined) return 'it has no digest (a tag can be moved to another image)';
  if (rest.length > 0 || !digestPattern.test(digest))
    return 'its digest is not `sha256:` with 64 lower-case hex digits';
  const slash = beforeDigest.indexOf('/');
  const registry = beforeDigest.slice(0, Math.max(slash, 0));
  const [repository = '', tag, ...more] = beforeDigest.slice(slash + 1).split(':');
  const isHost = /[.:]/.test(registry) || registry === 'localhost';
  if (!isHost || !registryPattern.test(registry)) return 'it does not start with a registry host, such as `ghcr.io/`';
  if (more.length > 0 || (tag !== undefined && !tagPattern.test(tag))) return 'its tag is not valid';
  if (repository.length > 255 || !repositoryPattern.test(repository)) return 'its repository name is not valid';
  return {
    registry,
    repository,
    digest,
    ...(tag !== undefined && { tag }),
    text: `${registry}/${repository}@${digest}`,
  };
}

/** The hex digits of the digest. */
export function sha256Of(image: ImageReference): string {
  return image.digest.slice('sha256:'.length);
}
