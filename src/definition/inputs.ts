/**
 * The kinds of input an action can have. One value describes an input once: from it come `action.yml`, the README
 * table, the command-line flag, the type in `run` and the error text.
 */
import { join, resolve } from 'node:path';
import { durationUnits } from '../documents/duration.ts';
import type { Files } from '../effects/effects.ts';
import { isInside } from '../effects/inside.ts';
import { parseImage, type ImageReference } from '../registry/reference.ts';
import type { GivenTarget } from '../registry/target.ts';

/** What parsing may look at. Paths of the user stay inside the workspace and the runner's temporary folder. */
export interface InputScope {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute path of the runner's temporary folder, where outputs of earlier steps lie. */
  readonly temp: string;
  readonly files: Files;
  /** Absolute path of a file that is shipped with Slipway, such as `policies/promotion.yaml`. */
  readonly packaged: (path: string) => string;
}

/** A value that is not allowed. The message says what is wrong with it; {@link Input.allowed} says what would do. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem';
}

/** An input with the type its values have in `run`. */
export interface Input<T> {
  readonly doc: string;
  /** What may be given, in words that finish "allowed: …". */
  readonly allowed: string;
  /** As a user would write it; absent when the input is required or optional without a value. */
  readonly default?: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly parse: (given: string, scope: InputScope) => T | Promise<T>;
}

export type Inputs = Readonly<Record<string, Input<unknown>>>;
export type ValuesOf<I extends Inputs> = { readonly [Name in keyof I]: I[Name] extends Input<infer T> ? T : never };

interface Kind<T> {
  readonly allowed: string;
  readonly parse: (given: string, scope: InputScope) => T | Promise<T>;
  readonly secret?: boolean;
}

/** Needed: the action stops without it. */
interface Required {
  readonly doc: string;
}
/** Used when nothing is given; written as a user would write it. */
interface Defaulted extends Required {
  readonly default: string;
}
/** May be left out; `run` then sees undefined. */
interface Optional extends Required {
  readonly optional: true;
  /** An expression that the runner fills in, and that may come to nothing. */
  readonly default?: `\${{ ${string} }}`;
}

/** The three ways an input of a kind can be declared. */
export interface Declare<T> {
  (declaration: Optional): Input<T | undefined>;
  (declaration: Required | Defaulted): Input<T>;
}

export function kind<T>({ allowed, parse, secret = false }: Kind<T>): Declare<T> {
  return ((declaration: Required | Defaulted | Optional): Input<T | undefined> => ({
    doc: declaration.doc,
    allowed,
    ...('default' in declaration && { default: declaration.default }),
    required: !('default' in declaration) && !('optional' in declaration),
    secret,
    parse: (given, scope) => (given === '' && 'optional' in declaration ? undefined : parse(given, scope)),
  })) as Declare<T>;
}

export const oneLine = (given: string): string => {
  if (/[\r\n]/.test(given)) throw new InputProblem('it has more than one line');
  return given;
};

export const text = kind({ allowed: 'one line of text', parse: oneLine });

/** Name of a stage and of its GitHub environment. */
export const stageName = kind({
  allowed: 'letters, digits and `-`, such as `staging`',
  parse: (given) => {
    if (given.length > 63 || !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(given))
      throw new InputProblem('it is no such name');
    return given;
  },
});

/** Masked before anything else is done with it. */
export const secret = kind({ allowed: 'a secret', parse: (given) => given, secret: true });

export const flag = kind({
  allowed: '`true` or `false`',
  parse: (given) => {
    if (given !== 'true' && given !== 'false') throw new InputProblem('it is neither');
    return given === 'true';
  },
});

/** One of some words. */
export function choice<const Word extends string>(words: readonly Word[]): Declare<Word> {
  return kind({ allowed: wordList(words), parse: (given) => oneOf(words, given) });
}

/** Words separated by commas, white space or line breaks, each one of some words. */
export function choices<const Word extends string>(words: readonly Word[]): Declare<readonly Word[]> {
  return kind({
    allowed: `one or more of ${wordList(words)}, separated by commas or line breaks`,
    parse: (given) => {
      const chosen = given
        .split(/[\s,]+/)
        .filter((word) => word !== '')
        .map((word) => oneOf(words, word));
      if (chosen.length === 0) throw new InputProblem('it names none');
      return chosen;
    },
  });
}

function wordList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function oneOf<Word extends string>(words: readonly Word[], given: string): Word {
  const word = words.find((candidate) => candidate === given);
  if (word === undefined) throw new InputProblem('it is none of these words');
  return word;
}

/** A number with a unit from a table of factors, as the base unit. */
function quantity(example: string, units: Readonly<Record<string, number>>): Declare<number> {
  const names = Object.keys(units);
  const pattern = new RegExp(`^(\\d{1,12}(?:\\.\\d{1,6})?)(${names.join('|')})$`);
  return kind({
    allowed: `a number with a unit (${names.join(', ')}), such as \`${example}\``,
    parse: (given) => {
      const [, amount, unit] = pattern.exec(given) ?? [];
      if (amount === undefined || unit === undefined) throw new InputProblem('it has no number with a known unit');
      return Number(amount) * (units[unit] ?? NaN);
    },
  });
}

/** Milliseconds from `500ms`, `240s`, `5m`, `2h` or `7d`. */
export const duration = quantity('240s', durationUnits);
/** Requests a second from `50/s` or `600/m`. */
export const rate = quantity('50/s', { '/s': 1, '/m': 1 / 60 });

/** An http or https address without user name, query and fragment, and without a slash at its end. */
export const url = kind({
  allowed: 'an address such as `https://shop.example.com` (http or https, no user name, no query)',
  parse: (given) => {
    const address = URL.canParse(given) ? new URL(given) : undefined;
    if (address === undefined || !['http:', 'https:'].includes(address.protocol))
      throw new InputProblem('it is no http or https address');
    if (address.username !== '' || address.password !== '' || /[?#]/.test(given))
      throw new InputProblem('it has a user name, a query or a fragment');
    return address.href.replace(/\/+$/, '');
  },
});

/** A commit of Git by its whole name. */
export const commit = kind({
  allowed: 'a commit of 40 hex digits',
  parse: (given) => {
    if (!/^[0-9a-f]{40}$/.test(given)) throw new InputProblem('it is no such commit');
    return given;
  },
});

/** The name of a Kubernetes resource (RFC 1123 subdomain). */
export const resourceName = kind({
  allowed: 'a name of a Kubernetes resource (lower-case letters, digits, `-` and `.`)',
  parse: (given) => {
    if (given.length > 253 || !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(given))
      throw new InputProblem('it is no such name');
    return given;
  },
});

/** A path inside the workspace, absolute; it need not exist. */
export const path = kind({
  allowed: 'a path inside the workspace',
  parse: (given, scope) => confine(oneLine(given), scope),
});

/** Paths inside the workspace, a line each. */
export const paths = kind({
  allowed: 'paths inside the workspace, one a line',
  parse: (given, scope) =>
    given
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => confine(line, scope)),
});

/** The absolute path, refused when it leads out of both folders. Links are checked where the file is read. */
export function confine(given: string, { root, temp }: InputScope): string {
  if (given.includes('\0')) throw new InputProblem('it holds a NUL character');
  const absolute = resolve(root, given);
  if (!isInside(absolute, root) && !isInside(absolute, temp)) throw new InputProblem('it leads out of the workspace');
  return absolute;
}

/** An image by digest: a tag can move between the check and the use. */
export const image: Declare<ImageReference> = kind({
  allowed: 'an image by digest, such as `ghcr.io/owner/name@sha256:…` (64 hex digits)',
  parse: readImage,
});

function readImage(given: string): ImageReference {
  const reference = parseImage(oneLine(given));
  if (typeof reference === 'string') throw new InputProblem(reference);
  return reference;
}

/** What a scanner looks at, told apart by what it is. An OCI image layout says so in its `oci-layout` file. */
export const scanTarget: Declare<GivenTarget> = kind({
  allowed:
    'an image by digest, or a folder inside the workspace: an OCI image layout, or the root of a file system with everything installed in it',
  parse: async (given, scope) => {
    if (given.includes('@sha256:')) return { kind: 'image', image: readImage(given) };
    const folder = confine(oneLine(given), scope);
    if ((await scope.files.kind(folder)) !== 'folder')
      throw new InputProblem('it is neither an image by digest nor a folder');
    const isLayout = (await scope.files.kind(join(folder, 'oci-layout'))) === 'file';
    return { kind: isLayout ? 'layout' : 'folder', path: await insideAfterLinks(folder, scope) };
  },
});

/** The path with every link followed, refused when they lead out of the workspace. */
async function insideAfterLinks(path: string, { root, temp, files }: InputScope): Promise<string> {
  const real = await files.realPath(path);
  const folders = await Promise.all([root, temp].map((folder) => files.realPath(folder)));
  if (!folders.some((folder) => isInside(real, folder))) throw new InputProblem('it is a link out of the workspace');
  return real;
}
