/** A container that cannot be started as its pod says. The message goes to the pod's status. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
