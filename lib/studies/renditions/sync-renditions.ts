import type { Transaction } from '#lib/platform/database/client.ts';
import type { StudySpec } from '../schema.ts';
import { findSources, type Source } from './find-sources.ts';
import { type FixedProfile, fixProfile, profileKey, wireBytes } from './profile.ts';

const INSERT_BATCH = 10_000;

export interface SyncedRenditions {
  /** Null while the study has no video at all. */
  readonly profile: FixedProfile | null;
  readonly waiting: number;
}

/**
 * Makes a draft's renditions what its spec and the imports say now: those whose original went or
 * changed are replaced, those of another profile wait again, and copies that exist in the
 * installation are taken at once. A failure stays until the profile changes or `renewRenditions`
 * tries again. Run it in a transaction that holds the study's row.
 */
export async function syncRenditions(
  database: Transaction,
  study: { readonly id: number; readonly projectId: number; readonly spec: StudySpec },
): Promise<SyncedRenditions> {
  const { found, shortestSeconds } = await findSources(database, study.projectId, study.spec);
  const profile = fixProfile(study.spec.rendition, shortestSeconds);
  await replaceChanged(database, study.id, found);
  if (profile === null) return { profile, waiting: 0 };
  const key = profileKey(profile);
  await database.$executeRaw`
    UPDATE rendition SET state = 'waiting', reason = NULL, hash = NULL, bytes = NULL,
      wire_bytes = NULL, poster_hash = NULL, sheet_hash = NULL, transform = NULL
    WHERE study_id = ${study.id} AND state <> 'waiting'
      AND transform->>'profileKey' IS DISTINCT FROM ${key}`;
  await database.$executeRaw`
    UPDATE rendition r SET state = 'ready', reason = NULL, hash = v.hash, bytes = v.bytes,
      poster_hash = v.poster_hash, sheet_hash = v.sheet_hash,
      transform = v.transform || jsonb_build_object('profileKey', ${key}::text)
    FROM rendered_video v
    WHERE r.study_id = ${study.id} AND r.state = 'waiting'
      AND v.source_hash = r.source_hash AND v.profile_key = ${key}`;
  await setWireBytes(database, study.id);
  const waiting = await database.rendition.count({
    where: { studyId: study.id, state: 'waiting' },
  });
  return { profile, waiting };
}

/** Gives all renditions of a prompt one length on the wire. */
export async function setWireBytes(database: Transaction, studyId: number): Promise<void> {
  const prompts = await database.rendition.groupBy({
    by: ['promptId'],
    where: { studyId, state: 'ready' },
    _max: { bytes: true },
  });
  await database.$executeRaw`
    UPDATE rendition r SET wire_bytes = prompt.wire
    FROM unnest(${prompts.map((row) => row.promptId)}::int[],
      ${prompts.map((row) => wireBytes(row._max.bytes ?? 0))}::int[]) AS prompt (id, wire)
    WHERE r.study_id = ${studyId} AND r.prompt_id = prompt.id AND r.state = 'ready'
      AND r.wire_bytes IS DISTINCT FROM prompt.wire`;
}

async function replaceChanged(
  database: Transaction,
  studyId: number,
  found: readonly Source[],
): Promise<void> {
  // One after the other: a transaction is one connection.
  const position = { id: true, position: true } as const;
  const arms = await database.arm.findMany({ where: { studyId }, select: position });
  const prompts = await database.prompt.findMany({ where: { studyId }, select: position });
  const rows = await database.rendition.findMany({
    where: { studyId },
    select: { id: true, armId: true, promptId: true, take: true, sourceHash: true, text: true },
  });
  const armIds = new Map(arms.map((arm) => [arm.position, arm.id]));
  const promptIds = new Map(prompts.map((prompt) => [prompt.position, prompt.id]));
  const wanted = new Map(
    found.map((source) => {
      const armId = armIds.get(source.arm) as number;
      const promptId = promptIds.get(source.prompt) as number;
      const { take, hash: sourceHash, text } = source;
      return [`${armId} ${promptId} ${take}`, { studyId, armId, promptId, take, sourceHash, text }];
    }),
  );
  const gone: number[] = [];
  for (const row of rows) {
    const key = `${row.armId} ${row.promptId} ${row.take}`;
    const want = wanted.get(key);
    if (want?.sourceHash === row.sourceHash && want.text === row.text) wanted.delete(key);
    else gone.push(row.id);
  }
  if (gone.length > 0) {
    // Trials of a draft make comparisons.
    await database.$executeRaw`
      DELETE FROM comparison WHERE study_id = ${studyId}
        AND (rendition_a_id = ANY(${gone}) OR rendition_b_id = ANY(${gone}))`;
    await database.$executeRaw`DELETE FROM rendition WHERE id = ANY(${gone})`;
  }
  const fresh = [...wanted.values()];
  for (let start = 0; start < fresh.length; start += INSERT_BATCH)
    await insert(database, fresh.slice(start, start + INSERT_BATCH));
}

interface NewRendition {
  readonly studyId: number;
  readonly armId: number;
  readonly promptId: number;
  readonly take: number;
  readonly sourceHash: string;
  readonly text: string | null;
}

async function insert(database: Transaction, rows: readonly NewRendition[]): Promise<void> {
  const column = <K extends keyof NewRendition>(name: K) => rows.map((row) => row[name]);
  await database.$executeRaw`
    INSERT INTO rendition (study_id, arm_id, prompt_id, take, source_hash, text)
    SELECT * FROM unnest(${column('studyId')}::int[], ${column('armId')}::int[],
      ${column('promptId')}::int[], ${column('take')}::int[], ${column('sourceHash')}::text[],
      ${column('text')}::text[])`;
}
