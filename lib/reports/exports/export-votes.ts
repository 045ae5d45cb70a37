import type { Actor } from '#lib/accounts/actor.ts';
import { Prisma, type PrismaClient } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { excludedRaters } from '#lib/studies/votes/excluded-raters.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import { type ReadableStudy, readStudy } from '../read-study.ts';
import { csvLine } from './csv.ts';

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
  'excluded',
  'marks',
  'decision_ms',
  'seq',
  'created_at',
] as const;

const WINNERS = { left: 'model_a', right: 'model_b', tie: 'tie' } as const;

interface ExportInput extends StudyAddress {
  readonly format: 'csv' | 'jsonl';
  readonly question?: number | undefined;
  readonly all: boolean;
}

/**
 * A study's votes in the arena's form: `model_a` is the arm that stood on the left, and `winner` is
 * `model_a`, `model_b` or `tie`. Raters are pseudonyms. Only votes that rankings use, unless `all`
 * asks for the others too (retracted ones never), told apart by `status`, `origin` and `excluded`: what
 * the vote's rater is excluded for.
 */
export async function exportVotes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: ExportInput,
): Promise<File> {
  const study = await readStudy(platform, actor, input);
  const { database } = platform;
  const armOf = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const prompts = await database.prompt.findMany({ where: { studyId: study.id } });
  const promptOf = new Map(prompts.map((prompt) => [prompt.id, prompt.key]));
  const pseudonyms = new Map<string, string>();
  const pseudonymOf = (raterId: string) => {
    const known = pseudonyms.get(raterId) ?? raterPseudonym(study.id, raterId);
    pseudonyms.set(raterId, known);
    return known;
  };
  const encoder = new TextEncoder();
  // Bytes, not text: half the memory of a million votes.
  const parts = [encoder.encode(input.format === 'csv' ? csvLine(COLUMNS) : '')];
  let after = -1n;
  for (;;) {
    const votes = await readVotes(database, study, input, after);
    let text = '';
    for (const vote of votes) {
      const row = {
        model_a: armOf.get(vote.left) ?? '',
        model_b: armOf.get(vote.right) ?? '',
        winner: WINNERS[vote.outcome],
        question: study.spec.questions[vote.question]?.key ?? String(vote.question),
        prompt: vote.prompt === null ? null : (promptOf.get(vote.prompt) ?? null),
        rater: pseudonymOf(vote.rater),
        shown_left: 'model_a',
        kind: vote.kind,
        status: vote.status,
        origin: vote.origin,
        excluded: vote.because,
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
    parts.push(encoder.encode(text));
    const last = votes.at(-1);
    if (!last || votes.length < CHUNK) break;
    after = last.seq;
  }
  return new File(parts, `${study.slug}-r${study.revision}-votes.${input.format}`, {
    type: input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
  });
}

interface VoteRow {
  readonly seq: bigint;
  readonly question: number;
  readonly left: number;
  readonly right: number;
  readonly outcome: keyof typeof WINNERS;
  readonly prompt: number | null;
  readonly rater: string;
  readonly kind: string;
  readonly status: string;
  readonly origin: string;
  /** For what the vote's rater is excluded; null for one who is not. */
  readonly because: string | null;
  readonly marks: string[];
  readonly decisionMs: number | null;
  readonly createdAt: Date;
}

/** The next votes that stand, in the order of arrival: those that rankings use, or all. */
function readVotes(
  database: PrismaClient,
  study: ReadableStudy,
  { all, question }: ExportInput,
  after: bigint,
): Promise<VoteRow[]> {
  const ranked = Prisma.sql`v.status = 'counted' AND v.kind = 'regular'
    AND (v.origin <> 'simulated' OR ${study.countSimulated})
    AND (v.origin <> 'imported' OR ${study.countImported}) AND e.because IS NULL`;
  return database.$queryRaw<VoteRow[]>`
    SELECT v.seq, v.question, v.left_arm_id AS left, v.right_arm_id AS right, v.outcome,
      v.prompt_id AS prompt, v.rater_id AS rater, v.kind, v.status, v.origin, e.because,
      coalesce(v.marks, '{}') AS marks,
      v.decision_ms AS "decisionMs", v.created_at AS "createdAt"
    FROM vote v LEFT JOIN (${excludedRaters(study.id)}) e ON e.rater_id = v.rater_id
    WHERE v.study_id = ${study.id} AND v.seq > ${after}
      AND NOT EXISTS (SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq)
      AND ${question === undefined ? Prisma.sql`true` : Prisma.sql`v.question = ${question}`}
      AND ${all ? Prisma.sql`true` : ranked}
    ORDER BY v.seq LIMIT ${CHUNK}`;
}
