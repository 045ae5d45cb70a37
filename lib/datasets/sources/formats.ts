import { AppError } from '#lib/core/errors.ts';
import type { TableFormat } from '../schema.ts';

const ENDINGS: Readonly<Record<string, TableFormat>> = {
  parquet: 'parquet',
  pq: 'parquet',
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  tar: 'webdataset',
  json: 'webdataset',
  txt: 'webdataset',
};
/** Of a folder with several kinds, the first of these is taken. */
const ORDER: readonly TableFormat[] = ['parquet', 'csv', 'jsonl', 'webdataset'];

/** How a name says that its bytes are packed. */
export type Packing = 'none' | 'gzip' | 'zstd';

/** What the endings of a name tell; no format where they tell none. */
export function readEndings(name: string): { format: TableFormat | null; packing: Packing } {
  const [, plain = name, packed] = /^(.*)\.(gz|zst)$/i.exec(name) ?? [];
  const packing = packed === undefined ? 'none' : /gz/i.test(packed) ? 'gzip' : 'zstd';
  const ending = /\.([^./]+)$/.exec(plain)?.[1]?.toLowerCase() ?? '';
  return { format: ENDINGS[ending] ?? null, packing };
}

/**
 * The format of a source: as asked, or as the names of its files tell. A single `.json` is JSONL; many
 * in a folder are sidecars.
 *
 * @throws AppError BAD_INPUT where no file is a table
 */
export function chooseFormat(names: readonly string[], asked?: TableFormat): TableFormat {
  if (asked) return asked;
  const only = names.length === 1 ? names[0] : undefined;
  if (only !== undefined && /\.json(\.(gz|zst))?$/i.test(only)) return 'jsonl';
  const found = new Set(names.map((name) => readEndings(name).format));
  const format = ORDER.find((candidate) => found.has(candidate));
  if (!format)
    throw new AppError(
      'BAD_INPUT',
      'No table is there: give Parquet (.parquet), CSV (.csv, .tsv), JSONL (.jsonl) or WebDataset (.tar, .json) files, or name the format.',
      { field: 'path', reason: 'no-table' },
    );
  return format;
}

/** True where a file of this name is a part of a source of this format. */
export function isPartOf(name: string, format: TableFormat, isOnly: boolean): boolean {
  if (isOnly) return true;
  return readEndings(name).format === format;
}
