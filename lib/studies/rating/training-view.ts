import type { Platform } from '#lib/platform/platform.ts';
import { pairView, promptView, type Sealing, type ShownRendition } from './rating-view.ts';
import type { TrainingView } from './schema.ts';
import type { StudySettings } from './study-settings.ts';

/** Addresses of training videos change this often and live up to twice as long. */
const LIFETIME_MS = 6 * 3600 * 1000;

type Row = ShownRendition & {
  readonly arm: string;
  readonly promptKey: string;
  readonly promptText: string;
};

/** The training examples of a study whose two videos are ready, question by question. */
export async function trainingView(
  platform: Pick<Platform, 'database' | 'secret' | 'clock'>,
  rater: { readonly raterId: string; readonly studyId: number },
  settings: StudySettings,
): Promise<TrainingView[]> {
  const examples = settings.spec.questions.flatMap((question, position) =>
    question.examples.map((example) => ({ ...example, question: position })),
  );
  if (examples.length === 0) return [];
  const rows = await platform.database.$queryRaw<Row[]>`
    select m.name as arm, p.key as "promptKey", p.text as "promptText", r.hash, r.bytes,
      r.wire_bytes as "wireBytes", r.text
    from rendition r join arm m on m.id = r.arm_id join prompt p on p.id = r.prompt_id
    where r.study_id = ${rater.studyId} and r.take = 0 and r.state = 'ready'
      and p.key = any(${examples.map((example) => example.prompt)})`;
  const find = (prompt: string, arm: string) =>
    rows.find((row) => row.promptKey === prompt && row.arm === arm);
  const period = Math.floor(platform.clock.now().getTime() / LIFETIME_MS);
  return examples.flatMap((example, index) => {
    const left = find(example.prompt, example.left);
    const right = find(example.prompt, example.right);
    if (left === undefined || right === undefined) return [];
    const sealing: Sealing = {
      secret: platform.secret,
      use: `training ${rater.raterId} ${index}`,
      expiresAt: new Date((period + 2) * LIFETIME_MS),
    };
    return [
      {
        question: example.question,
        prompt: promptView(left.promptText, settings.promptExtras.get(example.prompt), sealing),
        pair: pairView(left, right, settings, sealing),
        expected: example.expected,
        explanation: example.explanation,
      },
    ];
  });
}
