import { Prisma, type PrismaClient } from '#lib/platform/database/client.ts';
import { excludedRaters } from '#lib/studies/votes/excluded-raters.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import type { Exclusion } from '#lib/studies/votes/schema.ts';
import type { ReadableStudy } from '../read-study.ts';
import { csvLine } from './csv.ts';

/** Few enough to be read and written within some milliseconds: the web server answers others between. */
const CHUNK = 2_000;

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

export interface VoteChoice {
  readonly format: 'csv' | 'jsonl';
  /** One question alone, by its position. */
  readonly question?: number | undefined;
  /** Only the votes that a ranking under this exclusion uses; null for all but retracted ones. */
  readonly ranked: Exclusion | null;
  /** As the votes stood at this watermark; as they stand now when left out. */
  readonly watermark?: bigint | undefined;
}

/** A study's votes as lines of a file in the order of arrival, some thousand lines at a time. */
export async function* voteLines(
  database: PrismaClient,
  study: Pick<ReadableStudy, 'id' | 'arms' | 'spec'>,
  choice: VoteChoice,
): AsyncGenerator<string> {
  const armOf = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const prompts = await database.prompt.findMany({ where: { studyId: study.id } });
  const promptOf = new Map(prompts.map((prompt) => [prompt.id, prompt.key]));
  const pseudonyms = new Map<string, string>();
  const pseudonymOf = (raterId: string) => {
    const known = pseudonyms.get(raterId) ?? raterPseudonym(study.id, raterId);
    pseudonyms.set(raterId, known);
    return known;
  };
  if (choice.format === 'csv') yield csvLine(COLUMNS);
  let after = -1n;
  for (;;) {
    const votes = await readVotes(database, study.id, choice, after);
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
        choice.format === 'csv'
          ? csvLine(COLUMNS.map((column) => row[column]))
          : `${JSON.stringify(row)}\n`;
    }
    if (text !== '') yield text;
    const last = votes.at(-1);
    if (!last || votes.length < CHUNK) break;
    after = last.seq;
  }
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

/** The next votes that stand, in the order of arrival. */
function readVotes(
  database: PrismaClient,
  studyId: number,
  { question, ranked, watermark }: VoteChoice,
  after: bigint,
): Promise<VoteRow[]> {
  const until = (seq: Prisma.Sql) =>
    watermark === undefined ? Prisma.sql`true` : Prisma.sql`${seq} <= ${watermark}`;
  const isChosen = ranked
    ? Prisma.sql`v.status = 'counted' AND v.kind = 'regular'
        AND (v.origin <> 'simulated' OR NOT ${ranked.simulated})
        AND (v.origin <> 'imported' OR NOT ${ranked.imported}) AND e.because IS NULL`
    : Prisma.sql`true`;
  return database.$queryRaw<VoteRow[]>`
    SELECT v.seq, v.question, v.left_arm_id AS left, v.right_arm_id AS right, v.outcome,
      v.prompt_id AS prompt, v.rater_id AS rater, v.kind, v.status, v.origin, e.because,
      coalesce(v.marks, '{}') AS marks,
      v.decision_ms AS "decisionMs", v.created_at AS "createdAt"
    FROM vote v LEFT JOIN (${excludedRaters(studyId, watermark)}) e ON e.rater_id = v.rater_id
    WHERE v.study_id = ${studyId} AND v.seq > ${after} AND ${until(Prisma.sql`v.seq`)}
      AND NOT EXISTS (
        SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq AND ${until(Prisma.sql`r.seq`)})
      AND ${question === undefined ? Prisma.sql`true` : Prisma.sql`v.question = ${question}`}
      AND ${isChosen}
    ORDER BY v.seq LIMIT ${CHUNK}`;
}
