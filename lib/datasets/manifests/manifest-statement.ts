import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { CanonicalColumn } from '../schema.ts';
import type { Bindings } from '../subsets/bindings.ts';
import { captionSql } from '../subsets/caption-sql.ts';
import { subsetSql } from '../subsets/predicate.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import type { ManifestFormat } from './schema.ts';

/** Clips of a shard, where the table names none. */
export const CLIPS_PER_SHARD = 10_000;

export interface ManifestTable {
  /** What stands behind FROM, in the order of the clips' uids. */
  readonly from: string;
  readonly columns: readonly CanonicalColumn[];
}

/** The names of a manifest's columns, in order. */
export function manifestColumns(
  columns: readonly CanonicalColumn[],
  { cuts, captionMix }: SubsetDefinition,
  format: ManifestFormat,
): string[] {
  if (format === 'npy') return ['f0', 'f1'];
  if (format === 'webdataset') return ['shard', 'key', 'path'];
  return [
    ...keptColumns(columns, { cuts, captionMix }),
    ...(captionMix ? ['text', 'text_column'] : []),
  ];
}

/** Uid and path, sizes, the scores that cut, and all captions unless one of them is drawn. */
function keptColumns(
  columns: readonly CanonicalColumn[],
  { cuts, captionMix }: Pick<SubsetDefinition, 'cuts' | 'captionMix'>,
): string[] {
  const scores = new Set(cuts.map(({ score }) => score));
  return columns
    .filter(({ name, kind }) => {
      if (kind === 'caption') return captionMix === null;
      return kind === 'score' ? scores.has(name) : kind !== 'text' || name === 'hash';
    })
    .map(({ name }) => name);
}

/** The SELECT whose rows a manifest lists, in the order of their uids (webdataset: of their shards). */
export function manifestStatement(
  { from, columns }: ManifestTable,
  definition: SubsetDefinition,
  format: ManifestFormat,
  bindings: Bindings,
): string {
  const where = `FROM ${from} WHERE ${subsetSql(definition, bindings)}`;
  if (format === 'npy') return `SELECT ${quoteIdentifier('uid')} ${where}`;
  if (format === 'webdataset') return shardStatement(columns, where);
  const selected = keptColumns(columns, definition).map(quoteIdentifier);
  if (definition.captionMix) {
    const { text, column } = captionSql(definition.captionMix, bindings);
    selected.push(`${text} AS text`, `${column} AS text_column`);
  }
  return `SELECT ${selected.join(', ')} ${where}`;
}

/**
 * Shard, key and path of each clip. The shard is the table's column `shard`, `tar` or `url`; or what
 * the path says up to `.tar/`; where it says neither, clips in the order of their uids fill shards.
 */
function shardStatement(columns: readonly CanonicalColumn[], where: string): string {
  const named = columns.find(
    ({ name, kind }) => kind === 'text' && ['shard', 'tar', 'url'].includes(name),
  );
  const path = quoteIdentifier('path');
  // As webdataset reads it: the path within the tar, up to the first dot of the file's name.
  const key = `regexp_extract(${path}, '^(?:.*\\.tar/)?((?:.*/)?[^./][^./]*)', 1)`;
  const ownKey = columns.some(({ kind }) => kind === 'key') ? quoteIdentifier('key') : key;
  const filled = `printf('%06d.tar', (row_number() OVER (ORDER BY ${quoteIdentifier('uid')}) - 1) // ${CLIPS_PER_SHARD})`;
  const shard = named
    ? quoteIdentifier(named.name)
    : `coalesce(nullif(regexp_extract(${path}, '^(.*\\.tar)/', 1), ''), ${filled})`;
  return `SELECT ${shard} AS shard, ${named ? ownKey : key} AS key, ${path} AS path ${where}
    ORDER BY shard, key, path`;
}
