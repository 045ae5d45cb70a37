import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { csvLine } from './csv.ts';
import { raterPseudonym } from './rater-pseudonym.ts';
import { readStudy, type StudyAddress } from './study-scope.ts';

const CHUNK = 20_000;

const COLUMNS = [
  'model_a',
  'model_b',
  'winner',
  'question',
  'prompt',
  'rater',
  'shown_left',
  'kind',
  'status',
  'origin',
  'marks',
  'decision_ms',
  'seq',
  'created_at',
] as const;

/**
 * A study's votes in the arena's form: `model_a` is the arm that stood on the left, and `winner` is
 * `model_a`, `model_b` or `tie`. Raters are pseudonyms. Only votes that rankings use, unless `all`
 * asks for the others too (retracted ones never), told apart by `status` and `origin`.
 */
export async function exportVotes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly format: 'csv' | 'jsonl';
    readonly question?: number | undefined;
    readonly all: boolean;
  },
): Promise<File> {
  const study = await readStudy(platform, actor, input);
  const { database } = platform;
  const armOf = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const prompts = await database.prompt.findMany({ where: { studyId: study.id } });
  const promptOf = new Map(prompts.map((prompt) => [prompt.id, prompt.key]));
  const parts: string[] = input.format === 'csv' ? [csvLine(COLUMNS)] : [];
  let after = -1n;
  for (;;) {
    const votes = await database.vote.findMany({
      where: {
        studyId: study.id,
        seq: { gt: after },
        ...(input.question === undefined ? {} : { question: input.question }),
        ...(input.all
          ? {}
          : {
              status: 'counted',
              kind: 'regular',
              origin: {
                notIn: [
                  ...(study.countSimulated ? [] : ['simulated' as const]),
                  ...(study.countImported ? [] : ['imported' as const]),
                ],
              },
            }),
      },
      orderBy: { seq: 'asc' },
      take: CHUNK,
    });
    const taken = await database.retraction.findMany({
      where: {
        studyId: study.id,
        voteSeq: { gt: after, lte: votes.at(-1)?.seq ?? after },
      },
      select: { voteSeq: true },
    });
    const retracted = new Set(taken.map((row) => row.voteSeq));
    let text = '';
    for (const vote of votes) {
      if (retracted.has(vote.seq)) continue;
      const row = {
        model_a: armOf.get(vote.leftArmId) ?? '',
        model_b: armOf.get(vote.rightArmId) ?? '',
        winner: vote.outcome === 'tie' ? 'tie' : vote.outcome === 'left' ? 'model_a' : 'model_b',
        question: study.spec.questions[vote.question]?.key ?? String(vote.question),
        prompt: vote.promptId === null ? null : (promptOf.get(vote.promptId) ?? null),
        rater: raterPseudonym(study.id, vote.raterId),
        shown_left: 'model_a',
        kind: vote.kind,
        status: vote.status,
        origin: vote.origin,
        marks: vote.marks.join(' '),
        decision_ms: vote.decisionMs,
        seq: Number(vote.seq),
        created_at: vote.createdAt.toISOString(),
      };
      text +=
        input.format === 'csv'
          ? csvLine(COLUMNS.map((column) => row[column]))
          : `${JSON.stringify(row)}\n`;
    }
    parts.push(text);
    const last = votes.at(-1);
    if (!last || votes.length < CHUNK) break;
    after = last.seq;
  }
  return new File(parts, `${study.slug}-r${study.revision}-votes.${input.format}`, {
    type: input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
  });
}
