import type { Platform } from '#lib/platform/platform.ts';
import { listOutputSchema } from '../units/unit.ts';
import type { LoadedRun } from './load-run.ts';

/** Further facts about a stage, in a sentence; null where there are none. */
export async function stageNote(
  database: Platform['database'],
  run: LoadedRun,
  index: number,
  leftOut: number,
): Promise<string | null> {
  const facts: string[] = [];
  const kind = run.stages[index]?.kind;
  if (kind === 'list') facts.push(...(await listNote(database, run, index)));
  if (kind === 'cut') facts.push(...(await cutNote(database, run, index)));
  if (leftOut > 0) facts.push(`${leftOut} left out after failing`);
  return facts.length > 0 ? `${facts.join('; ')}.` : null;
}

async function listNote(
  database: Platform['database'],
  run: LoadedRun,
  step: number,
): Promise<string[]> {
  const unit = await database.curationUnit.findFirst({ where: { runId: run.id, step } });
  const output = listOutputSchema.safeParse(unit?.output);
  if (!output.success) return [];
  const { files, passedOver } = output.data;
  const others = passedOver > 0 ? [`${passedOver} other files passed over`] : [];
  return [`${files} ${files === 1 ? 'video' : 'videos'}`, ...others];
}

const REASONS: Readonly<Record<string, string>> = {
  'too-short': 'too short',
  'no-keyframe': 'without a keyframe',
  still: 'still',
  jumps: 'with jumps',
  broken: 'broken',
};

async function cutNote(
  database: Platform['database'],
  run: LoadedRun,
  step: number,
): Promise<string[]> {
  const scenes = await database.$queryRaw<{ scenes: number | null }[]>`
    select sum((output->>'scenes')::int)::int as scenes from curation_unit
    where run_id = ${run.id} and step = ${step} and state = 'done'`;
  const dropped = await database.$queryRaw<{ reason: string; clips: number }[]>`
    select each.key as reason, sum(each.value::int)::int as clips
    from curation_unit, jsonb_each_text(coalesce(output->'dropped', '{}'::jsonb)) each
    where run_id = ${run.id} and step = ${step} and state = 'done'
    group by each.key having sum(each.value::int) > 0 order by each.key`;
  const found = scenes[0]?.scenes ?? 0;
  if (found === 0) return [];
  return [
    `${found} scenes`,
    ...dropped.map(({ reason, clips }) => `${clips} ${REASONS[reason] ?? reason} left out`),
  ];
}
