import { z } from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type ClipPlace, clipFile } from '#lib/curation/clip-file.ts';
import { canonicalFiles } from '#lib/datasets/canonical-files.ts';
import { readClipPlace } from '#lib/datasets/read-clip-place.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import { samplePrefix } from '#lib/datasets/subsets/hash-texts.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { ImportSource } from '../schema.ts';
import { CAPTION_LIMIT } from './caption-table.ts';

export type ClipTableSource = Extract<ImportSource, { kind: 'clip-table' }>;
export type DrawPlatform = Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>;

/** A clip that was drawn from a dataset, with the captions that are compared. */
export interface DrawnClip {
  uid: string;
  /** What names its file in the import: its path in the table, with its uid where two share one. */
  name: string;
  path: string;
  /** Of its blob, where Winnow made the clip. */
  hash: string | null;
  /** By column. */
  captions: Record<string, string>;
}

export interface ClipDraw {
  clips: DrawnClip[];
  /** Clips of the version with all of the captions: those that were drawn from. */
  eligible: number;
  /** Clips of the version. */
  total: number;
  /** The file of a drawn clip on this machine. */
  fileOf(clip: DrawnClip): Promise<string>;
  /** How far its files may reach. */
  reach: ClipPlace['reach'];
}

const SYSTEM: Actor = { kind: 'system', name: 'import' };
const DRAW_SECONDS = 1800;

/**
 * The clips of a caption import: of the version's clips with all of the captions, those with the
 * smallest md5 of `seed:uid`, as a subset's sample is drawn. The same source draws the same clips.
 *
 * @throws AppError BAD_INPUT where a column is none of captions, or no clip has all of them
 */
export async function drawClips(
  platform: DrawPlatform,
  project: string,
  { dataset, version: number, columns, clips: wanted, seed }: ClipTableSource,
  signal?: AbortSignal,
): Promise<ClipDraw> {
  const version = await readVersion(platform, SYSTEM, { project, dataset, version: number });
  expectCaptions(version.columns, columns);
  const files = await canonicalFiles(platform, version);
  // A foreign table may have such a column too, and name with it a blob that is not its own.
  const hasHash = version.lineage.hash?.scorer === 'cut';
  const present = columns
    .map(quoteIdentifier)
    .map((column) => `trim(${column}) <> '' AND length(${column}) <= ${CAPTION_LIMIT}`)
    .join(' AND ');
  const call = { files, signal, limitSeconds: DRAW_SECONDS };
  const source = `${parquetRows(files)} WHERE ${present}`;
  const [count] = await platform.tables.query(`SELECT count(*) AS clips FROM ${source}`, call);
  const rows = await platform.tables.query(
    `SELECT uid, path, ${hasHash ? 'hash' : 'NULL AS hash'}, ${columns.map(quoteIdentifier).join(', ')}
     FROM ${source} ORDER BY md5($prefix || uid), uid LIMIT ${wanted}`,
    { ...call, parameters: { prefix: samplePrefix(seed) } },
  );
  if (rows.length === 0)
    throw new AppError(
      'BAD_INPUT',
      `No clip of "${version.dataset.name}" has all of these captions: ${columns.join(', ')}.`,
      { reason: 'no-captions' },
    );
  const texts = z.object(Object.fromEntries(columns.map((column) => [column, z.string()])));
  const seen = new Set<string>();
  const place = await readClipPlace(platform, version.id);
  return {
    clips: rows.map((row) => {
      const { uid, path, hash } = drawnRow.parse(row);
      const name = seen.has(path) ? `${path} (${uid})` : path;
      seen.add(path);
      const captions = texts.parse(row);
      return { uid, name, path, hash, captions: mapValues(captions, (text) => text.trim()) };
    }),
    eligible: z.object({ clips: z.number() }).parse(count).clips,
    total: version.clips,
    fileOf: (clip) => clipFile(platform, place, clip),
    reach: place.reach,
  };
}

const drawnRow = z.object({ uid: z.string(), path: z.string(), hash: z.string().nullable() });

/** @throws AppError BAD_INPUT naming a column that the version lacks, and those that it has */
export function expectCaptions(
  known: readonly { name: string; kind: string }[],
  asked: readonly string[],
): void {
  const captions = known.filter(({ kind }) => kind === 'caption');
  const missing = asked.find((column) => !captions.some(({ name }) => name === column));
  if (missing !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `The dataset has no captions named ${missing}; it has ${captions.map(({ name }) => name).join(', ') || 'none'}.`,
      { reason: 'columns', field: 'columns' },
    );
}

function mapValues<T>(values: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
