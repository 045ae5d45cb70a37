import { Prisma, type PrismaClient } from '#lib/platform/database/client.ts';
import { excludedRaters } from '#lib/studies/votes/excluded-raters.ts';
import { PSEUDONYM_OF_R } from '#lib/studies/votes/rater-pseudonym.ts';
import type { Exclusion } from '#lib/studies/votes/schema.ts';
import type { ReadableStudy } from '../read-study.ts';
import { csvLine, csvValue } from './csv.ts';

/** Written by the database into one text: the web server has only to pass it on. */
const CHUNK = 5_000;

export interface VoteChoice {
  readonly format: 'csv' | 'jsonl';
  /** One question alone, by its position. */
  readonly question?: number | undefined;
  /** Only the votes that a ranking under this exclusion uses; null for all but retracted ones. */
  readonly ranked: Exclusion | null;
  /** As the votes stood at this watermark; as they stand now when left out. */
  readonly watermark?: bigint | undefined;
}

interface Chunk {
  readonly last: bigint | null;
  readonly size: bigint;
  readonly text: string | null;
}

/** A study's votes as lines of a file in the order of arrival, some thousand lines at a time. */
export async function* voteLines(
  database: PrismaClient,
  study: Pick<ReadableStudy, 'id' | 'arms' | 'spec'>,
  choice: VoteChoice,
): AsyncGenerator<string> {
  const prompts = await database.prompt.findMany({
    where: { studyId: study.id },
    select: { id: true, key: true },
  });
  const names = {
    arms: study.arms.map(({ id, name }) => ({ id, name })),
    prompts: prompts.map(({ id, key }) => ({ id, name: key })),
    questions: study.spec.questions.map(({ key }, id) => ({ id, name: key })),
  };
  if (choice.format === 'csv') yield csvLine(Object.keys(FIELDS));
  let after = -1n;
  for (;;) {
    const [chunk] = await database.$queryRaw<Chunk[]>(chunkQuery(study.id, names, choice, after));
    if (!chunk?.text || chunk.last === null) return;
    yield chunk.text;
    if (chunk.size < CHUNK) return;
    after = chunk.last;
  }
}

/** What a line holds, in order: an SQL expression, and whether it is a number. Texts of the study are quoted already. */
const FIELDS: Readonly<Record<string, { sql: Prisma.Sql; kind: 'quoted' | 'word' | 'number' }>> = {
  model_a: { sql: Prisma.sql`a.name`, kind: 'quoted' },
  model_b: { sql: Prisma.sql`b.name`, kind: 'quoted' },
  winner: {
    sql: Prisma.sql`CASE v.outcome WHEN 'left' THEN 'model_a' WHEN 'right' THEN 'model_b' ELSE 'tie' END`,
    kind: 'word',
  },
  question: { sql: Prisma.sql`q.name`, kind: 'quoted' },
  prompt: { sql: Prisma.sql`p.name`, kind: 'quoted' },
  rater: { sql: PSEUDONYM_OF_R, kind: 'word' },
  shown_left: { sql: Prisma.sql`'model_a'`, kind: 'word' },
  kind: { sql: Prisma.sql`v.kind::text`, kind: 'word' },
  status: { sql: Prisma.sql`v.status::text`, kind: 'word' },
  origin: { sql: Prisma.sql`v.origin::text`, kind: 'word' },
  /** A flag's code. */
  excluded: { sql: Prisma.sql`v.because`, kind: 'word' },
  marks: { sql: Prisma.sql`array_to_string(coalesce(v.marks, '{}'), ' ')`, kind: 'word' },
  decision_ms: { sql: Prisma.sql`v.decision_ms::text`, kind: 'number' },
  /** The chance with which the pair was drawn; none for imported votes. */
  propensity: { sql: Prisma.sql`s.propensity::text`, kind: 'number' },
  seq: { sql: Prisma.sql`v.seq::text`, kind: 'number' },
  created_at: {
    sql: Prisma.sql`to_char(v.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    kind: 'word',
  },
};

const CSV_LINE = Prisma.sql`${Prisma.join(
  Object.values(FIELDS).map(({ sql }) => Prisma.sql`coalesce(${sql}, '')`),
  ` || ',' || `,
)} || E'\r\n'`;

const JSON_LINE = Prisma.sql`'{' || ${Prisma.join(
  Object.entries(FIELDS).map(([name, { sql, kind }]) => {
    const value = kind === 'word' ? Prisma.sql`'"' || ${sql} || '"'` : sql;
    return Prisma.sql`${Prisma.raw(`'"${name}":'`)} || coalesce(${value}, 'null')`;
  }),
  ` || ',' || `,
)} || E'}\n'`;

interface Named {
  readonly id: number;
  readonly name: string;
}

/** The next votes that stand as one text. */
function chunkQuery(
  studyId: number,
  names: Readonly<Record<'arms' | 'prompts' | 'questions', readonly Named[]>>,
  { format, question, ranked, watermark }: VoteChoice,
  after: bigint,
): Prisma.Sql {
  const quote = format === 'csv' ? csvValue : (name: string) => JSON.stringify(name);
  const table = (list: readonly Named[]) => Prisma.sql`
    unnest(${list.map(({ id }) => id)}::int[], ${list.map(({ name }) => quote(name))}::text[])`;
  const until = (seq: Prisma.Sql) =>
    watermark === undefined ? Prisma.sql`true` : Prisma.sql`${seq} <= ${watermark}`;
  const isChosen = ranked
    ? Prisma.sql`v.status = 'counted' AND v.kind = 'regular'
        AND (v.origin <> 'simulated' OR NOT ${ranked.simulated})
        AND (v.origin <> 'imported' OR NOT ${ranked.imported}) AND e.because IS NULL`
    : Prisma.sql`true`;
  return Prisma.sql`
    SELECT max(v.seq) AS last, count(*) AS size,
      string_agg(${format === 'csv' ? CSV_LINE : JSON_LINE}, '' ORDER BY v.seq) AS text
    FROM (
      SELECT v.*, e.because
      FROM vote v LEFT JOIN (${excludedRaters(studyId, watermark)}) e ON e.rater_id = v.rater_id
      WHERE v.study_id = ${studyId} AND v.seq > ${after} AND ${until(Prisma.sql`v.seq`)}
        AND NOT EXISTS (
          SELECT 1 FROM retraction t WHERE t.vote_seq = v.seq AND ${until(Prisma.sql`t.seq`)})
        AND ${question === undefined ? Prisma.sql`true` : Prisma.sql`v.question = ${question}`}
        AND ${isChosen}
      ORDER BY v.seq LIMIT ${CHUNK}
    ) v
      CROSS JOIN LATERAL (SELECT v.study_id, v.rater_id AS id) r
      LEFT JOIN assignment s ON s.id = v.assignment_id
      LEFT JOIN ${table(names.arms)} a (id, name) ON a.id = v.left_arm_id
      LEFT JOIN ${table(names.arms)} b (id, name) ON b.id = v.right_arm_id
      LEFT JOIN ${table(names.prompts)} p (id, name) ON p.id = v.prompt_id
      LEFT JOIN ${table(names.questions)} q (id, name) ON q.id = v.question`;
}
