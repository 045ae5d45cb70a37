import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import { type ImportDetail, storedSourceSchema } from './schema.ts';
import { studiesUsing } from './studies-using.ts';

/**
 * An import with its progress: done of expected, and what stands in the way.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function getImport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: ImportAddress,
): Promise<ImportDetail> {
  const { row } = await findImport(platform, actor, address, 'project.read');
  const { database } = platform;
  const [counts, captions, uploadedFiles, usedBy] = await Promise.all([
    database.$queryRaw<Counts[]>`
      select count(*)::int as expected,
        count(*) filter (where state = 'accepted')::int as accepted,
        count(*) filter (where state = 'refused')::int as refused,
        count(distinct model) filter (where state = 'accepted')::int as models,
        count(distinct prompt) filter (where state = 'accepted')::int as prompts,
        coalesce(sum(bytes) filter (where state = 'accepted'), 0)::float8 as bytes
      from video where import_id = ${row.id}`,
    database.$queryRaw<{ captions: number; captioners: number }[]>`
      select count(*)::int as captions, count(distinct captioner)::int as captioners
      from caption where import_id = ${row.id}`,
    database.uploadedFile.count({ where: { importId: row.id } }),
    studiesUsing(database, row),
  ]);
  const count = counts[0] ?? NOTHING;
  return {
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    state: row.state,
    ...count,
    models: row.kind === 'caption' ? (captions[0]?.captioners ?? 0) : count.models,
    captions: captions[0]?.captions ?? 0,
    uploadedFiles,
    usedBy,
    source: storedSourceSchema.parse(row.source).source,
    problem: row.problem,
    explanation: row.explanation,
    notices: row.notices,
    listed: row.listedAt !== null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

interface Counts {
  expected: number;
  accepted: number;
  refused: number;
  models: number;
  prompts: number;
  bytes: number;
}

const NOTHING: Counts = { expected: 0, accepted: 0, refused: 0, models: 0, prompts: 0, bytes: 0 };
