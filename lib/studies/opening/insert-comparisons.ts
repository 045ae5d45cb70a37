import type { Transaction } from '#lib/platform/database/client.ts';
import { armsMeet } from '../arm-pairs.ts';
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
  const rules = { ...spec, questionCount: spec.questions.length, meet: armsMeet(spec) };
  for (const comparison of comparisonsOf(prompts, rules)) {
    batch.push(comparison);
    if (batch.length < BATCH) continue;
    await insertBatch(database, studyId, spec, batch);
    batch = [];
  }
  if (batch.length > 0) await insertBatch(database, studyId, spec, batch);
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

type ComparisonIdentity = Pick<NewComparison, 'promptId' | 'armAId' | 'armBId' | 'kind'>;
type WrittenComparison = ComparisonIdentity & { readonly id: number };

function comparisonKey({ promptId, armAId, armBId, kind }: ComparisonIdentity): string {
  return `${promptId} ${armAId} ${armBId} ${kind}`;
}

async function insertBatch(
  database: Transaction,
  studyId: number,
  { votesPerCell, pairChoice }: Pick<StudySpec, 'votesPerCell' | 'pairChoice'>,
  batch: readonly NewComparison[],
): Promise<void> {
  const column = <K extends keyof NewComparison>(name: K) => batch.map((row) => row[name]);
  // A trial of the draft may have made some of them already.
  const written = await database.$queryRaw<WrittenComparison[]>`
    INSERT INTO comparison (study_id, prompt_id, arm_a_id, arm_b_id, kind, rendition_a_id,
      rendition_b_id, expected)
    SELECT ${studyId}::int, prompt_id, arm_a_id, arm_b_id, kind::"ComparisonKind", a, b, expected
    FROM unnest(${column('promptId')}::int[], ${column('armAId')}::int[],
      ${column('armBId')}::int[], ${column('kind')}::text[], ${column('renditionAId')}::int[],
      ${column('renditionBId')}::int[], ${column('expected')}::text[])
      AS row (prompt_id, arm_a_id, arm_b_id, kind, a, b, expected)
    ON CONFLICT (study_id, prompt_id, arm_a_id, arm_b_id, kind) DO UPDATE
      SET rendition_a_id = excluded.rendition_a_id, rendition_b_id = excluded.rendition_b_id
    RETURNING id, prompt_id AS "promptId", arm_a_id AS "armAId", arm_b_id AS "armBId", kind`;
  const ids = new Map(written.map((row) => [comparisonKey(row), row.id]));
  const cells = batch.flatMap((row) =>
    row.shuffles.map((shuffle, question) => ({
      comparison: ids.get(comparisonKey(row)) as number,
      question,
      shuffle,
      // Only where pairs of arms are drawn first: the index over them costs every vote a little.
      armA: pairChoice === 'adaptive' ? row.armAId : null,
      armB: pairChoice === 'adaptive' ? row.armBId : null,
    })),
  );
  await database.$executeRaw`
    INSERT INTO cell (study_id, comparison_id, question, wanted, shuffle, arm_a_id, arm_b_id)
    SELECT ${studyId}::int, comparison, question, ${votesPerCell}::int, shuffle, arm_a, arm_b
    FROM unnest(${cells.map((cell) => cell.comparison)}::int[],
      ${cells.map((cell) => cell.question)}::int[], ${cells.map((cell) => cell.shuffle)}::int[],
      ${cells.map((cell) => cell.armA)}::int[], ${cells.map((cell) => cell.armB)}::int[])
      AS row (comparison, question, shuffle, arm_a, arm_b)`;
}
