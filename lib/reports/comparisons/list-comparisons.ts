import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import type { ComparisonView } from '../contract.ts';
import { readStudy } from '../read-study.ts';

const PAGE_SIZE = 20;

/**
 * Regular comparisons with both videos and how they were voted on, a page at a time, by prompt. Counts
 * leave out excluded raters, and simulated votes where the study does; imported votes belong to no comparison.
 *
 * @param input `arm` and `prompt` (its key) narrow the list; `page` counts from 1.
 */
export async function listComparisons(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly arm?: string | undefined;
    readonly prompt?: string | undefined;
    readonly page: number;
  },
): Promise<{
  total: number;
  pageSize: number;
  comparisons: ComparisonView[];
  prompts: { key: string; text: string }[];
}> {
  const study = await readStudy(platform, actor, input);
  const { database } = platform;
  const armId = study.arms.find((arm) => arm.name === input.arm)?.id ?? -1;
  const prompts = await database.prompt.findMany({
    where: { studyId: study.id },
    orderBy: { position: 'asc' },
  });
  const prompt = prompts.find(({ key }) => key === input.prompt);
  const where = {
    studyId: study.id,
    kind: 'regular' as const,
    ...(input.prompt === undefined ? {} : { promptId: prompt?.id ?? -1 }),
    ...(input.arm === undefined ? {} : { OR: [{ armAId: armId }, { armBId: armId }] }),
  };
  const [total, rows] = await Promise.all([
    database.comparison.count({ where }),
    database.comparison.findMany({
      where,
      orderBy: [{ promptId: 'asc' }, { armAId: 'asc' }, { armBId: 'asc' }],
      skip: (input.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
    }),
  ]);
  const [renditions, counts] = await Promise.all([
    database.rendition.findMany({
      where: { id: { in: rows.flatMap((row) => [row.renditionAId, row.renditionBId]) } },
      select: { id: true, text: true },
    }),
    countByComparison(
      platform,
      rows.map((row) => row.id),
      study.countSimulated,
    ),
  ]);
  const promptOf = new Map(prompts.map((row) => [row.id, row]));
  const textOf = new Map(renditions.map((row) => [row.id, row.text]));
  const armOf = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  return {
    total,
    pageSize: PAGE_SIZE,
    prompts: prompts.map(({ key, text }) => ({ key, text })),
    comparisons: rows.map((row) => ({
      id: row.id,
      prompt: {
        id: row.promptId,
        key: promptOf.get(row.promptId)?.key ?? '',
        text: promptOf.get(row.promptId)?.text ?? '',
      },
      a: {
        arm: armOf.get(row.armAId) ?? '',
        renditionId: row.renditionAId,
        text: textOf.get(row.renditionAId) ?? null,
      },
      b: {
        arm: armOf.get(row.armBId) ?? '',
        renditionId: row.renditionBId,
        text: textOf.get(row.renditionBId) ?? null,
      },
      counts: counts.get(row.id) ?? [],
    })),
  };
}

async function countByComparison(
  platform: Pick<Platform, 'database'>,
  ids: readonly number[],
  countSimulated: boolean,
): Promise<Map<number, ComparisonView['counts']>> {
  const rows = await platform.database.$queryRaw<
    { comparison: number; question: number; a: bigint; b: bigint; ties: bigint }[]
  >`
    SELECT v.comparison_id AS comparison, v.question,
      count(*) FILTER (WHERE v.outcome <> 'tie'
        AND (v.outcome = 'left') = (v.left_arm_id = c.arm_a_id)) AS a,
      count(*) FILTER (WHERE v.outcome <> 'tie'
        AND (v.outcome = 'left') <> (v.left_arm_id = c.arm_a_id)) AS b,
      count(*) FILTER (WHERE v.outcome = 'tie') AS ties
    FROM vote v JOIN comparison c ON c.id = v.comparison_id JOIN rater r ON r.id = v.rater_id
    WHERE v.comparison_id = ANY(${ids}) AND v.status = 'counted'
      AND (${countSimulated} OR v.origin <> 'simulated') AND NOT r.is_excluded
      AND NOT EXISTS (SELECT 1 FROM retraction t WHERE t.vote_seq = v.seq)
    GROUP BY v.comparison_id, v.question ORDER BY v.question`;
  const byComparison = new Map<number, ComparisonView['counts']>();
  for (const row of rows) {
    const counts = byComparison.get(row.comparison) ?? [];
    counts.push({
      question: row.question,
      aWins: Number(row.a),
      bWins: Number(row.b),
      ties: Number(row.ties),
    });
    byComparison.set(row.comparison, counts);
  }
  return byComparison;
}
