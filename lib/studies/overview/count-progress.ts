import type { Transaction } from '#lib/platform/database/client.ts';
import type { RenditionCounts } from '../checklist/schema.ts';
import type { StudySpec, StudyState } from '../schema.ts';
import type { OriginCounts, Progress } from './schema.ts';

/** Counts what has been done of what is wanted. Time grows with cells and votes, some 0.1 s a million. */
export async function countProgress(
  database: Transaction,
  study: { readonly id: number; readonly state: StudyState; readonly spec: StudySpec },
): Promise<Progress> {
  const [cells, raters, votes, renditions] = await Promise.all([
    database.cell.groupBy({
      by: ['question'],
      where: { studyId: study.id, kind: 'regular' },
      _sum: { counted: true, wanted: true },
    }),
    database.rater.groupBy({ by: ['origin'], where: { studyId: study.id }, _count: true }),
    database.vote.groupBy({ by: ['origin'], where: { studyId: study.id }, _count: true }),
    countRenditions(database, study.id, study.spec),
  ]);
  const byQuestion = new Map(cells.map((row) => [row.question, row._sum]));
  const questions = study.spec.questions.map(({ key }, position) => ({
    position,
    key,
    counted: byQuestion.get(position)?.counted ?? 0,
    wanted: byQuestion.get(position)?.wanted ?? 0,
  }));
  return {
    state: study.state,
    counted: questions.reduce((sum, question) => sum + question.counted, 0),
    wanted: questions.reduce((sum, question) => sum + question.wanted, 0),
    questions,
    raters: byOrigin(raters),
    votes: byOrigin(votes),
    renditions,
  };
}

/** Renditions by state; `wanted` is one video of every arm for every prompt, or more where there are. */
export async function countRenditions(
  database: Transaction,
  studyId: number,
  spec: StudySpec,
): Promise<RenditionCounts> {
  const rows = await database.rendition.groupBy({
    by: ['state'],
    where: { studyId },
    _count: true,
  });
  const of = (state: string) => rows.find((row) => row.state === state)?._count ?? 0;
  const [ready, waiting, failed] = [of('ready'), of('waiting'), of('failed')];
  const wanted = Math.max(spec.arms.length * spec.prompts.length, ready + waiting + failed);
  return { wanted, ready, waiting, failed };
}

function byOrigin(rows: readonly { origin: keyof OriginCounts; _count: number }[]): OriginCounts {
  const counts: OriginCounts = { link: 0, simulated: 0, imported: 0, trial: 0 };
  for (const row of rows) counts[row.origin] = row._count;
  return counts;
}
