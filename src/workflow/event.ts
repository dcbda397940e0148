import * as z from 'zod';
import type { EventName, Trigger } from './model.ts';
import { shortRef } from './reference.ts';

/** An event of GitHub with the payload that its webhook carries. */
export interface WorkflowEvent {
  readonly name: EventName;
  readonly payload: unknown;
}

/** What the engine takes from a payload; everything else reaches the steps as it is. */
export interface EventFacts {
  readonly name: EventName;
  readonly payload: unknown;
  /** Such as `opened`; absent for a push. */
  readonly action: string | undefined;
  /** The branch that `branches` filters look at; undefined for a tag. */
  readonly branch: string | undefined;
  readonly ref: string;
  readonly refName: string;
  readonly refType: 'branch' | 'tag';
  readonly headRef: string;
  readonly baseRef: string;
  readonly sha: string;
  readonly actor: { readonly login: string; readonly id: string };
  readonly repository: Repository;
  /** A pull request from another repository: it gets no secret, no identity token and nothing to write with. */
  readonly fromFork: boolean;
}

export interface Repository {
  readonly name: string;
  readonly id: string;
  readonly owner: string;
  readonly ownerId: string;
  readonly visibility: string;
}

const account = z.object({ login: z.string().min(1), id: z.number().int() });
const repository = z.object({
  id: z.number().int(),
  full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be `owner/name`'),
  owner: account,
  visibility: z.enum(['public', 'private', 'internal']),
});
const sha = z.string().regex(/^[0-9a-f]{40}$/, 'must be a commit of 40 hex digits');
const ref = z.string().regex(/^refs\/(?:heads|tags)\/.+/, 'must start with refs/heads/ or refs/tags/');
const common = { repository, sender: account };

const payloads = {
  push: z.object({ ...common, ref, after: sha }),
  pull_request: z.object({
    ...common,
    action: z.string(),
    number: z.number().int(),
    pull_request: z.object({
      merge_commit_sha: sha,
      head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
      base: z.object({ ref: z.string() }),
    }),
  }),
  merge_group: z.object({
    ...common,
    action: z.string(),
    merge_group: z.object({ head_ref: ref, head_sha: sha, base_ref: ref }),
  }),
};

/**
 * Reads what the engine needs from a payload (docs.github.com, "Webhook events and payloads").
 * @throws Error that names the field that is missing or wrong
 */
export function eventFacts(event: WorkflowEvent): EventFacts {
  const specific = specificFacts(event);
  const { repository: repo, sender } = checked(z.object(common), event);
  return {
    name: event.name,
    payload: event.payload,
    ...specific,
    actor: { login: sender.login, id: String(sender.id) },
    repository: {
      name: repo.full_name,
      id: String(repo.id),
      owner: repo.owner.login,
      ownerId: String(repo.owner.id),
      visibility: repo.visibility,
    },
  };
}

type Specific = Omit<EventFacts, 'name' | 'payload' | 'actor' | 'repository'>;

function specificFacts(event: WorkflowEvent): Specific {
  switch (event.name) {
    case 'push': {
      const { ref: pushed, after } = checked(payloads.push, event);
      return { action: undefined, ...refFacts(pushed), sha: after, headRef: '', baseRef: '', fromFork: false };
    }
    case 'pull_request': {
      const { action, number, pull_request: pull, repository: base } = checked(payloads.pull_request, event);
      return {
        action,
        branch: pull.base.ref,
        ref: `refs/pull/${number}/merge`,
        refName: `${number}/merge`,
        refType: 'branch',
        sha: pull.merge_commit_sha,
        headRef: pull.head.ref,
        baseRef: pull.base.ref,
        fromFork: pull.head.repo.full_name !== base.full_name,
      };
    }
    case 'merge_group': {
      const { action, merge_group: group } = checked(payloads.merge_group, event);
      const target = refFacts(group.base_ref).branch;
      return {
        action,
        ...refFacts(group.head_ref),
        branch: target,
        sha: group.head_sha,
        headRef: '',
        baseRef: '',
        fromFork: false,
      };
    }
  }
}

function refFacts(full: string): Pick<Specific, 'ref' | 'refName' | 'refType' | 'branch'> {
  const isTag = full.startsWith('refs/tags/');
  const refName = shortRef(full);
  return { ref: full, refName, refType: isTag ? 'tag' : 'branch', branch: isTag ? undefined : refName };
}

function checked<T>(schema: z.ZodType<T>, { name, payload }: WorkflowEvent): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new Error(`The payload of the event ${name} is not complete: ${problems.join('; ')}.`);
}

/** The activities that start a workflow when `types` is not given (docs.github.com, "Events that trigger workflows"). */
const defaultTypes: Record<EventName, readonly string[]> = {
  push: [],
  pull_request: ['opened', 'synchronize', 'reopened'],
  merge_group: ['checks_requested'],
};

/** Why an event does not start a workflow, or undefined when it does. */
export function whyNotTriggered(triggers: readonly Trigger[], event: EventFacts): string | undefined {
  const trigger = triggers.find((one) => one.event === event.name);
  if (trigger === undefined) return `The workflow does not run on ${event.name}.`;
  const types = trigger.types ?? defaultTypes[event.name];
  if (event.action !== undefined && !types.includes(event.action))
    return `The workflow does not run on ${event.name} with the action \`${event.action}\`.`;
  const { branches, branchesIgnore } = trigger;
  if (branches === undefined && branchesIgnore === undefined) return undefined;
  const { branch } = event;
  const ignored = branch !== undefined && branchesIgnore?.some((pattern) => matches(pattern, branch));
  const wanted = branch !== undefined && (branches?.some((pattern) => matches(pattern, branch)) ?? true);
  return wanted && ignored !== true
    ? undefined
    : `The workflow does not run on ${event.name} for ${branch ?? event.ref}.`;
}

/** `*` stands for anything but a slash, `**` for anything; the reader refuses every other wildcard. */
function matches(pattern: string, branch: string): boolean {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`).test(branch);
}
