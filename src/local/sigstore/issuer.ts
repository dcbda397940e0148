import { createPublicKey, generateKeyPairSync, randomUUID, sign, verify, type JsonWebKey } from 'node:crypto';
import { issuer as gitHubIssuer } from '../../workflow/claims.ts';

/** Claims of a token; values other than texts and numbers do not occur in GitHub's. */
export type Claims = Readonly<Record<string, string | number>>;

/** Seconds that a token is good for, as GitHub's are. */
const lifetime = 300;

/**
 * Stands in for GitHub's issuer of identity tokens (OpenID Connect Core 1.0; tokens are JWTs signed with RS256,
 * RFC 7519 and RFC 7518).
 */
export class TokenIssuer {
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #keyId = randomUUID();

  /** A signed token with these claims; `iss`, `iat`, `nbf`, `exp` and `jti` are added where they are missing. */
  issueToken(claims: Claims): string {
    const now = Math.floor(Date.now() / 1000);
    const added = { iss: gitHubIssuer, iat: now, nbf: now, exp: now + lifetime, jti: randomUUID() };
    const content = [
      { alg: 'RS256', typ: 'JWT', kid: this.#keyId },
      { ...added, ...claims },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${content}.${sign('sha256', Buffer.from(content), this.#keys.privateKey).toString('base64url')}`;
  }

  /** The keys that check the tokens (RFC 7517). */
  jwks(): { readonly keys: readonly (JsonWebKey & { readonly kid: string })[] } {
    const key = createPublicKey(this.#keys.privateKey).export({ format: 'jwk' });
    return { keys: [{ ...key, kid: this.#keyId, alg: 'RS256', use: 'sig' }] };
  }

  /**
   * The claims of a token that this issuer signed for an audience and that is good now.
   * @returns the claims, or what is wrong with it
   */
  claimsOf(token: string, audience: string): Claims | string {
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    const content = Buffer.from(`${header}.${payload}`);
    const isSigned = verify('sha256', content, this.#keys.publicKey, Buffer.from(signature, 'base64url'));
    if (rest.length > 0 || !isSigned) return 'the token is not signed by the issuer';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
    const now = Date.now() / 1000;
    if (claims.iss !== gitHubIssuer) return 'the token is of another issuer';
    if (claims.aud !== audience) return `the token is not for the audience ${audience}`;
    if (!(Number(claims.nbf) <= now && now < Number(claims.exp))) return 'the token has expired or is not yet good';
    return claims;
  }
}
