import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut: no reader and no page is made for it. */
export const maxLineLength = 256 * 1024;

/**
 * Puts the chunks of an output stream together to lines. It decodes UTF-8 across chunks, and it bounds its memory.
 * @param overlap how much of a line beyond the cut is kept, so that whoever masks still sees a whole secret there
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string, isCut: boolean) => void;
  readonly #overlap: () => number;
  #rest = '';
  #isCut = false;

  constructor(onLine: (line: string, isCut: boolean) => void, overlap: () => number = () => 0) {
    this.#onLine = onLine;
    this.#overlap = overlap;
  }

  write(chunk: Buffer): void {
    this.#add(this.#decoder.write(chunk));
  }

  /** Gives out what came after the last line break. */
  end(): void {
    this.#add(this.#decoder.end());
    if (this.#rest !== '') this.#give();
  }

  #add(text: string): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#keep(text.slice(at, end));
      this.#give();
      at = end + 1;
    }
    this.#keep(text.slice(at));
  }

  #keep(text: string): void {
    const room = maxLineLength + this.#overlap() - this.#rest.length;
    this.#isCut ||= text.length > room;
    this.#rest += text.slice(0, Math.max(0, room));
  }

  #give(): void {
    const line = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    const isCut = this.#isCut;
    this.#rest = '';
    this.#isCut = false;
    this.#onLine(line, isCut);
  }
}
