import type { Transaction } from '#lib/platform/database/client.ts';
import type { StudySpec } from '../schema.ts';
import { comparisonsOf, type NewComparison, type PromptRenditions } from './comparisons.ts';

/** Rows of one statement: large enough to be quick, small enough to stay out of the way. */
const BATCH = 10_000;

/** Writes all comparisons of a study and the cells of the regular ones, in batches. */
export async function insertComparisons(
  database: Transaction,
  studyId: number,
  spec: StudySpec,
): Promise<void> {
  const prompts = await readPrompts(database, studyId);
  let batch: NewComparison[] = [];
  const rules = { ...spec, questionCount: spec.questions.length };
  for (const comparison of comparisonsOf(prompts, rules)) {
    batch.push(comparison);
    if (batch.length < BATCH) continue;
    await insertBatch(database, studyId, spec.votesPerCell, batch);
    batch = [];
  }
  if (batch.length > 0) await insertBatch(database, studyId, spec.votesPerCell, batch);
  // Without fresh counts the first draws would be planned as if the study were empty.
  await database.$executeRaw`ANALYZE comparison, cell`;
}

/** Renditions that are ready, by prompt and arm in the study's order. */
async function readPrompts(database: Transaction, studyId: number): Promise<PromptRenditions[]> {
  const rows = await database.$queryRaw<
    { prompt_id: number; key: string; arm_id: number; name: string; ids: number[] }[]
  >`
    SELECT p.id AS prompt_id, p.key, a.id AS arm_id, a.name, array_agg(r.id ORDER BY r.take) AS ids
    FROM rendition r JOIN prompt p ON p.id = r.prompt_id JOIN arm a ON a.id = r.arm_id
    WHERE r.study_id = ${studyId} AND r.state = 'ready'
    GROUP BY p.id, a.id ORDER BY p.position, a.position`;
  const prompts: (PromptRenditions & { arms: PromptRenditions['arms'][number][] })[] = [];
  for (const row of rows) {
    let prompt = prompts.at(-1);
    if (prompt?.promptId !== row.prompt_id) {
      prompt = { promptId: row.prompt_id, promptKey: row.key, arms: [] };
      prompts.push(prompt);
    }
    prompt.arms.push({ armId: row.arm_id, name: row.name, renditionIds: row.ids });
  }
  return prompts;
}

async function insertBatch(
  database: Transaction,
  studyId: number,
  votesPerCell: number,
  batch: readonly NewComparison[],
): Promise<void> {
  // The ids are drawn first, so that the cells can name their comparisons without a look-up.
  const ids = await database.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence('comparison', 'id'))::int AS id
    FROM generate_series(1, ${batch.length}::int)`;
  const idOf = (index: number) => (ids[index] as { id: number }).id;
  const column = <K extends keyof NewComparison>(name: K) => batch.map((row) => row[name]);
  await database.$executeRaw`
    INSERT INTO comparison (id, study_id, prompt_id, arm_a_id, arm_b_id, kind, rendition_a_id,
      rendition_b_id, expected)
    SELECT id, ${studyId}::int, prompt_id, arm_a_id, arm_b_id, kind::"ComparisonKind", a, b, expected
    FROM unnest(${ids.map((row) => row.id)}::int[], ${column('promptId')}::int[],
      ${column('armAId')}::int[], ${column('armBId')}::int[], ${column('kind')}::text[],
      ${column('renditionAId')}::int[], ${column('renditionBId')}::int[],
      ${column('expected')}::text[])
      AS row (id, prompt_id, arm_a_id, arm_b_id, kind, a, b, expected)`;
  const cells = batch.flatMap((row, index) =>
    row.shuffles.map((shuffle, question) => ({ comparison: idOf(index), question, shuffle })),
  );
  await database.$executeRaw`
    INSERT INTO cell (study_id, comparison_id, question, wanted, shuffle)
    SELECT ${studyId}::int, comparison, question, ${votesPerCell}::int, shuffle
    FROM unnest(${cells.map((cell) => cell.comparison)}::int[],
      ${cells.map((cell) => cell.question)}::int[], ${cells.map((cell) => cell.shuffle)}::int[])
      AS row (comparison, question, shuffle)`;
}
