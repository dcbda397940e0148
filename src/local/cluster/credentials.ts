import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Who may speak to the cluster: `admin`, and for each environment a deployer that may change its namespace only. */
export interface Credentials {
  readonly tokens: ReadonlyMap<string, string>;
  /** For `--token-auth-file`. */
  readonly tokenFile: string;
  /** Signs the tokens of service accounts. */
  readonly serviceAccountKey: string;
}

/** Name of the user that deploys to an environment. */
export function deployerOf(environment: string): string {
  return `${environment}-deployer`;
}

/** Writes fresh credentials that only this user can read. */
export async function writeCredentials(folder: string, environments: readonly string[]): Promise<Credentials> {
  const users = ['admin', ...environments.map(deployerOf)];
  const tokens = new Map(users.map((user) => [user, randomBytes(24).toString('hex')]));
  // kube-apiserver --token-auth-file: token, user name, user id, quoted groups.
  const lines = [...tokens].map(
    ([user, token]) => `${token},${user},${user},"${user === 'admin' ? 'system:masters' : ''}"\n`,
  );
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const tokenFile = join(folder, 'tokens.csv');
  const serviceAccountKey = join(folder, 'service-account.key');
  await writeFile(tokenFile, lines.join(''), { mode: 0o600 });
  await writeFile(serviceAccountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  return { tokens, tokenFile, serviceAccountKey };
}

/** A kubeconfig for one user. JSON is YAML, and every client reads it. */
export function kubeconfig(
  server: string,
  certificateAuthority: string,
  user: string,
  token: string,
  namespace = 'default',
): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'slipway-local',
    clusters: [
      {
        name: 'slipway-local',
        cluster: { server, 'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64') },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'slipway-local', context: { cluster: 'slipway-local', user, namespace } }],
  };
  return `${JSON.stringify(config)}\n`;
}
