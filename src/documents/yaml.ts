import {
  CORE_SCHEMA,
  EVENT_ID,
  SCALAR_STYLE,
  YAMLException,
  getScalarValue,
  load,
  parseEvents,
  type Event,
  type ScalarEvent,
} from 'js-yaml';
import {
  DocumentError,
  LineIndex,
  maxDepth,
  type Entry,
  type MappingNode,
  type Node,
  type ScalarNode,
} from './node.ts';

/** Nodes of one document after aliases are followed: a bound against alias bombs. */
const maxNodes = 1_000_000;

/**
 * Reads every document of a YAML 1.2 stream (core schema), with aliases and merge keys (`<<`) resolved. Empty
 * documents are left out.
 * @throws DocumentError at the first thing that is not YAML
 */
export function parseYamlStream(text: string): Node[] {
  const lines = new LineIndex(text);
  const events = readEvents(text, lines);
  const reader = new Reader(text, events, lines);
  return reader.documents();
}

/**
 * Reads a YAML file of exactly one document.
 * @throws DocumentError when there is none, or more than one
 */
export function parseYaml(text: string): Node {
  const [first, second] = parseYamlStream(text);
  if (first === undefined) throw new DocumentError('It is empty.', { line: 1, column: 1 });
  if (second !== undefined) throw new DocumentError('It holds more than one YAML document.', second);
  return first;
}

function readEvents(text: string, lines: LineIndex): Event[] {
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new DocumentError(`It is not YAML: ${error.reason}.`, lines.at(error.mark?.position ?? 0));
  }
}

/** Builds nodes from the parser's events; js-yaml's own loader gives no positions. */
class Reader {
  readonly #text: string;
  readonly #events: Event[];
  readonly #lines: LineIndex;
  readonly #anchors = new Map<string, Node>();
  #next = 0;
  #nodes = 0;

  constructor(text: string, events: Event[], lines: LineIndex) {
    this.#text = text;
    this.#events = events;
    this.#lines = lines;
  }

  documents(): Node[] {
    const documents: Node[] = [];
    while (this.#next < this.#events.length) {
      const event = this.#take();
      if (event.type !== EVENT_ID.DOCUMENT) continue;
      this.#anchors.clear();
      this.#nodes = 0;
      if (this.#peek()?.type !== EVENT_ID.POP) documents.push(this.#node());
    }
    return documents.filter((document) => !(document.kind === 'scalar' && document.value === null));
  }

  #node(): Node {
    const event = this.#take();
    switch (event.type) {
      case EVENT_ID.ALIAS:
        return this.#alias(event.anchorStart, event.anchorEnd);
      case EVENT_ID.SCALAR:
        return this.#keep(event, this.#scalar(event));
      case EVENT_ID.SEQUENCE: {
        const items: Node[] = [];
        const node: Node = { kind: 'sequence', items, ...this.#tag(event), ...this.#lines.at(event.start) };
        while (this.#peek()?.type !== EVENT_ID.POP) items.push(this.#node());
        this.#take();
        return this.#keep(event, node);
      }
      case EVENT_ID.MAPPING: {
        const entries: Entry[] = [];
        const node: Node = { kind: 'mapping', entries, ...this.#tag(event), ...this.#lines.at(event.start) };
        while (this.#peek()?.type !== EVENT_ID.POP) entries.push(this.#entry());
        this.#take();
        return this.#keep(event, mergeKeys(node));
      }
      default:
        throw new Error(`unexpected YAML event ${event.type}`);
    }
  }

  #entry(): Entry {
    const key = this.#node();
    if (key.kind !== 'scalar') throw new DocumentError('A key is a list or a mapping; only text may be a key.', key);
    return { key, value: this.#node() };
  }

  #alias(start: number, end: number): Node {
    const name = this.#text.slice(start, end);
    const node = this.#anchors.get(name);
    const position = this.#lines.at(start);
    if (node === undefined) throw new DocumentError(`The alias *${name} has no anchor before it.`, position);
    this.#count(size(node), position);
    return node;
  }

  #keep(event: { anchorStart: number; anchorEnd: number }, node: Node): Node {
    this.#count(1, node);
    if (event.anchorStart >= 0) this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }

  #count(nodes: number, position: { line: number; column: number }): void {
    this.#nodes += nodes;
    if (this.#nodes > maxNodes)
      throw new DocumentError(`Its aliases unfold to more than ${maxNodes} values.`, position);
  }

  #scalar(event: ScalarEvent): ScalarNode {
    const text = getScalarValue(this.#text, event);
    const { tag = '' } = this.#tag(event);
    const isText = event.style !== SCALAR_STYLE.PLAIN || tag.endsWith('str') || tag === '!';
    return {
      kind: 'scalar',
      value: isText ? text : resolveScalar(text),
      ...this.#tag(event),
      ...this.#lines.at(Math.max(event.valueStart, 0)),
    };
  }

  #tag({ tagStart, tagEnd }: { tagStart: number; tagEnd: number }): { tag?: string } {
    return tagStart >= 0 ? { tag: this.#text.slice(tagStart, tagEnd) } : {};
  }

  #peek(): Event | undefined {
    return this.#events[this.#next];
  }

  #take(): Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw new Error('the YAML events end too early');
    return event;
  }
}

/** A plain scalar by the rules of the core schema: null, boolean, number or text. */
function resolveScalar(text: string): ScalarNode['value'] {
  if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return BigInt(text.replace('+', ''));
  if (!/^(?:~|null|true|false|[-+.]?[\d.].*|[-+]?\.(?:inf|nan))?$/i.test(text)) return text;
  return (text === '' ? null : load(text, { schema: CORE_SCHEMA })) as ScalarNode['value'];
}

/** `<<` brings in the keys of one mapping or of a list of them; keys of the mapping itself win (YAML 1.1, merge type). */
function mergeKeys(node: MappingNode): MappingNode {
  if (!node.entries.some(({ key }) => key.value === '<<')) return node;
  const own = node.entries.filter(({ key }) => key.value !== '<<');
  const merged = node.entries.filter(({ key }) => key.value === '<<').flatMap(({ value }) => sources(value));
  const known = new Set(own.map(({ key }) => key.value));
  const added = merged.filter(({ key }) => !known.has(key.value) && known.add(key.value));
  return { ...node, entries: [...own, ...added] };
}

function sources(value: Node): readonly Entry[] {
  if (value.kind === 'mapping') return value.entries;
  if (value.kind === 'sequence') return value.items.flatMap(sources);
  throw new DocumentError('A merge key (<<) needs a mapping or a list of mappings.', value);
}

function size(node: Node): number {
  if (node.kind === 'scalar') return 1;
  if (node.kind === 'sequence') return node.items.reduce((sum, item) => sum + size(item), 1);
  return node.entries.reduce((sum, { value }) => sum + 1 + size(value), 1);
}
