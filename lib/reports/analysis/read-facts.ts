import type { PrismaClient } from '#lib/platform/database/client.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import { excludedRaters } from '#lib/studies/votes/excluded-raters.ts';
import type { Exclusion } from '#lib/studies/votes/schema.ts';
import type { AnalysisFacts, SameChecks } from './facts.ts';

/** What the analysis of a study's votes needs beside them, as it is at a watermark. */
export async function readFacts(
  database: PrismaClient,
  study: { readonly id: number; readonly spec: StudySpec },
  watermark: bigint,
  exclusion: Exclusion,
): Promise<AnalysisFacts> {
  const { axis, arms, questions, prompts, allowTies } = study.spec;
  const [promptRows, sameVideos, sameChecks, scores, fingerprint] = await Promise.all([
    database.prompt.findMany({
      where: { studyId: study.id },
      orderBy: { position: 'asc' },
      select: { id: true },
    }),
    readSameVideos(database, study.id),
    readSameChecks(database, study.id, watermark, exclusion),
    database.renditionScore.findMany({
      where: { studyId: study.id },
      orderBy: [{ metric: 'asc' }, { armId: 'asc' }, { promptId: 'asc' }],
      select: { metric: true, promptId: true, value: true, arm: { select: { name: true } } },
    }),
    scoresFingerprint(database, study.id),
  ]);
  const byQuestion = new Map(sameChecks.map(({ question, ...checks }) => [question, checks]));
  return {
    studyId: study.id,
    spec: { axis, arms, questions, prompts, allowTies },
    promptIds: promptRows.map(({ id }) => id),
    sameVideos,
    sameChecks: questions.map(
      (_, question) => byQuestion.get(question) ?? { left: 0, right: 0, ties: 0 },
    ),
    scores: scores.map(({ metric, promptId, value, arm }) => ({
      ...{ metric, value },
      prompt: promptId,
      arm: arm.name,
    })),
    scoresFingerprint: fingerprint,
  };
}

/**
 * A fingerprint of a study's scores, so that a snapshot tells whether it was made from these. The same
 * for a study without any as long as it has none.
 */
export async function scoresFingerprint(database: PrismaClient, studyId: number): Promise<string> {
  const [row] = await database.$queryRaw<{ hash: string | null }[]>`
    SELECT md5(string_agg(
      arm_id || ' ' || prompt_id || ' ' || value || ' ' || metric, E'\n'
      ORDER BY metric COLLATE "C", arm_id, prompt_id)) AS hash
    FROM rendition_score WHERE study_id = ${studyId}`;
  return row?.hash ?? '';
}

/** Pairs of arms that have the same original on every prompt, by name. */
async function readSameVideos(
  database: PrismaClient,
  studyId: number,
): Promise<[string, string][]> {
  const rows = await database.$queryRaw<{ names: string[] }[]>`
    SELECT array_agg(name ORDER BY position) AS names FROM (
      SELECT a.name, a.position, array_agg(
        ARRAY[r.prompt_id::text, r.take::text, r.source_hash] ORDER BY r.prompt_id, r.take
      ) AS videos
      FROM rendition r JOIN arm a ON a.id = r.arm_id
      WHERE r.study_id = ${studyId} AND r.text IS NULL
      GROUP BY a.id
    ) arms
    GROUP BY videos HAVING count(*) > 1`;
  return rows.flatMap(({ names }) => {
    const [first, ...others] = names;
    return first === undefined ? [] : others.map((name): [string, string] => [first, name]);
  });
}

async function readSameChecks(
  database: PrismaClient,
  studyId: number,
  watermark: bigint,
  exclusion: Exclusion,
): Promise<(SameChecks & { question: number })[]> {
  const rows = await database.$queryRaw<
    { question: number; left: bigint; right: bigint; ties: bigint }[]
  >`
    SELECT question,
      count(*) FILTER (WHERE outcome = 'left') AS left,
      count(*) FILTER (WHERE outcome = 'right') AS right,
      count(*) FILTER (WHERE outcome = 'tie') AS ties
    FROM vote v
    WHERE v.study_id = ${studyId} AND v.seq <= ${watermark}
      AND v.status = 'check' AND v.kind = 'same'
      AND (v.origin <> 'simulated' OR NOT ${exclusion.simulated})
      AND (v.origin <> 'imported' OR NOT ${exclusion.imported})
      AND v.rater_id NOT IN (
        SELECT rater_id FROM (${excludedRaters(studyId, watermark)}) excluded)
      AND NOT EXISTS (
        SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq AND r.seq <= ${watermark})
    GROUP BY question`;
  return rows.map(({ question, left, right, ties }) => ({
    ...{ question, left: Number(left), right: Number(right), ties: Number(ties) },
  }));
}
