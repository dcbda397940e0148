import type { Http } from '../effects/effects.ts';
import { UsageError } from '../definition/values.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Asks the runner for this job's identity token (docs.github.com, "OpenID Connect reference"). The token is masked
 * before it is returned. @actions/core has the same call, but brings its whole HTTP stack into every start.
 * @throws UsageError when the job may not have one, with the permission to add
 */
export function identityTokenFrom(
  variables: Variables,
  http: Http,
  mask: (secret: string) => void,
): (audience: string) => Promise<string> {
  return async (audience) => {
    const url = variables.ACTIONS_ID_TOKEN_REQUEST_URL;
    const requestToken = variables.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
    if (url === undefined || requestToken === undefined) {
      throw new UsageError(
        'This job gets no identity token. Add `id-token: write` to the permissions of the job and of every workflow that calls it.',
      );
    }
    mask(requestToken);
    const address = new URL(url);
    address.searchParams.set('audience', audience);
    const answer = await http(address.href, {
      headers: { authorization: `Bearer ${requestToken}`, accept: 'application/json' },
    });
    const token = tokenIn(answer.body);
    if (answer.status !== 200 || token === undefined) {
      throw new Error(`The runner gave no identity token: it answered ${answer.status}.`);
    }
    mask(token);
    return token;
  };
}

/** The answer is never repeated in an error: it may hold a token in an unexpected place. */
function tokenIn(body: Uint8Array): string | undefined {
  try {
    const { value } = JSON.parse(new TextDecoder().decode(body)) as { value?: unknown };
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
