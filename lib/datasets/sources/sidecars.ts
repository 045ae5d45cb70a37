import { posix } from 'node:path';

/** A sidecar larger than this is none. */
export const SIDECAR_LIMIT = 1024 ** 2;

const MEDIA = /^(?:.*\.)?(mp4|webm|mov|mkv|avi|m4v|mpg|mpeg|gif)$/i;

/** A name as WebDataset reads it: the key up to the first dot of the file's name, then the ending. */
export function readMember(path: string): { key: string; ending: string } {
  const name = posix.basename(path);
  const dot = name.indexOf('.', 1);
  const length = dot === -1 ? name.length : dot;
  return {
    key: path.slice(0, path.length - name.length + length).replace(/^\.\//, ''),
    ending: name.slice(length + 1).toLowerCase(),
  };
}

/** One clip with its sidecars, on the way to a row. */
export class Sample {
  readonly key: string;
  private text: string | null = null;
  private json: string | null = null;
  private mediaEnding: string | null = null;

  constructor(key: string) {
    this.key = key;
  }

  /** What has to be read of a member of this ending. */
  static wants(ending: string): boolean {
    return ending === 'json' || ending === 'txt';
  }

  addMedia(ending: string): void {
    if (MEDIA.test(ending)) this.mediaEnding ??= ending;
  }

  addSidecar(ending: string, content: string): void {
    if (ending === 'txt') this.text = content.trim();
    else this.json = content;
  }

  get isEmpty(): boolean {
    return this.text === null && this.json === null;
  }

  /**
   * The row as a line of JSON: the fields of the sidecar, `text` from the .txt, `__key__`,
   * `__shard__` where it lies in one, and `path` where the sidecar names none. A sidecar that is no
   * JSON object becomes a line that is none either, which is refused with its place.
   */
  toLine(shard: string | null): string {
    const fields = this.json === null ? {} : readObject(this.json);
    if (fields === null) return this.broken();
    const inside = `${this.key}.${this.mediaEnding ?? 'mp4'}`;
    return JSON.stringify({
      path: shard === null ? inside : `${shard}/${inside}`,
      ...fields,
      ...(this.text === null ? {} : { text: this.text }),
      __key__: this.key,
      ...(shard === null ? {} : { __shard__: shard }),
    });
  }

  private broken(): string {
    return `${this.key}: ${(this.json ?? '').slice(0, 200).replaceAll(/\s+/g, ' ')}`;
  }
}

/** What Python writes for numbers that are none, which JSON does not have. */
const NOT_FINITE = /([:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g;

function readObject(json: string): object | null {
  for (const text of [json, json.replaceAll(NOT_FINITE, '$1null')])
    try {
      const fields: unknown = JSON.parse(text);
      return typeof fields === 'object' && !Array.isArray(fields) ? fields : null;
    } catch {
      // The second try is the last.
    }
  return null;
}
