import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { Row } from '#lib/platform/tables/task.ts';
import { canonicalFiles } from '../canonical-files.ts';
import type { ReadVersion } from '../read-version.ts';
import { Bindings } from '../subsets/bindings.ts';
import type { Clip } from './schema.ts';

/** Longer texts are cut when clips are listed. */
const LONGEST_TEXT = 4000;
const uidRow = z.object({ uid: z.string().regex(/^[0-9a-f]{32}$/) });
const countRow = z.object({ clips: z.int() });
const clipRow = z
  .object({ uid: z.string(), path: z.string() })
  .catchall(z.union([z.string(), z.number(), z.null()]));

export interface ClipQuery {
  /** SQL of a condition on the canonical columns, made by us; foreign values come in by the bindings. */
  readonly where: (bindings: Bindings) => string;
  /** SQL of what to order by, such as `"flow" DESC NULLS LAST`; ties go by uid. */
  readonly orderBy: (bindings: Bindings) => readonly string[];
  readonly limit: number;
  readonly offset?: number;
}

export interface LookOptions {
  readonly limitSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

type Doors = Pick<Platform, 'tables' | 'blobs'>;
type Version = Pick<ReadVersion, 'parts' | 'columns' | 'clips'>;

/**
 * The clips of a version for which a condition holds, in an order. The uids are found first, from the
 * columns in question alone; then the rows, which lie where their uids say.
 *
 * @throws AppError TOO_LARGE (reason TOO_SLOW) beyond the time limit
 */
export async function selectClips(
  doors: Doors,
  version: Version,
  { where, orderBy, limit, offset = 0 }: ClipQuery,
  options: LookOptions,
): Promise<Clip[]> {
  const rows = await look(doors, version, options, (from, bindings) => {
    const order = [...orderBy(bindings), 'uid'].join(', ');
    return `SELECT uid FROM ${from} WHERE ${where(bindings)}
      ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  });
  return clipsByUid(
    doors,
    version,
    z
      .array(uidRow)
      .parse(rows)
      .map(({ uid }) => uid),
    options,
  );
}

/** The clips of these uids, in their order; those that are not there are left out. */
export async function clipsByUid(
  doors: Doors,
  version: Version,
  uids: readonly string[],
  options: LookOptions,
): Promise<Clip[]> {
  if (uids.length === 0) return [];
  const columns = version.columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    return type === 'VARCHAR' ? `left(${column}, ${LONGEST_TEXT}) AS ${column}` : column;
  });
  const rows = await look(
    doors,
    version,
    options,
    (from) =>
      // Written out rather than bound, so that row groups without them are passed over.
      `SELECT ${columns.join(', ')} FROM ${from} WHERE uid IN (${uids.map(quoteLiteral).join(', ')})`,
  );
  const found = new Map(rows.map((row) => [row.uid, asClip(row)]));
  return uids.flatMap((uid) => found.get(uid) ?? []);
}

/** How many clips of a version a condition holds for. @throws AppError as `selectClips` */
export async function countSelected(
  doors: Doors,
  version: Version,
  where: ClipQuery['where'],
  options: LookOptions,
): Promise<number> {
  const rows = await look(
    doors,
    version,
    options,
    (from, bindings) => `SELECT count(*) AS clips FROM ${from} WHERE ${where(bindings)}`,
  );
  return countRow.parse(rows[0]).clips;
}

async function look(
  doors: Doors,
  version: Version,
  { limitSeconds, signal }: LookOptions,
  statement: (from: string, bindings: Bindings) => string,
): Promise<Row[]> {
  const files = await canonicalFiles(doors, version);
  const bindings = new Bindings();
  const text = statement(parquetRows(files), bindings);
  const { parameters } = bindings;
  try {
    return await doors.tables.query(text, { files, parameters, limitSeconds, signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.data.reason !== 'TOO_SLOW') throw error;
    throw new AppError(
      'TOO_LARGE',
      `This takes longer than ${limitSeconds} s over ${version.clips.toLocaleString('en')} clips: narrow it by a range of a score, or search without sorting.`,
      { reason: 'TOO_SLOW' },
    );
  }
}

function asClip(row: Row): Clip {
  const { uid, path, ...values } = clipRow.parse(row);
  return { uid, path, values };
}
