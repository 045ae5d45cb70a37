import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import {
  collectVotes,
  RIGHT_WON,
  TIED,
  type VoteColumns,
} from '#lib/statistics/votes/vote-columns.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { requestRanking } from '../rating/request-ranking.ts';
import type { StudySpec } from '../schema.ts';
import {
  readVoteFile,
  type VoteFileFormat,
  type VoteFileOptions,
  voteFileFormat,
} from './vote-file.ts';

export interface ImportVotesInput extends StudyAddress {
  readonly file: {
    readonly name: string;
    readonly bytes: AsyncIterable<Uint8Array>;
    /** Told by the name when left out; JSONL where that does not tell. */
    readonly format?: VoteFileFormat;
  };
  /** The question's key; may be left out where the study has one. */
  readonly question?: string | undefined;
  readonly columns?: VoteFileOptions['columns'];
  readonly values?: VoteFileOptions['values'];
}

export interface ImportedVotes {
  /** Votes in the file, and those of them that were not there yet. */
  readonly votes: number;
  readonly imported: number;
}

const BATCH = 10_000;
const TIME_LIMIT_MS = 10 * 60_000;

/**
 * Adds votes that were cast elsewhere, on one question of a study. They are marked as imported, enter
 * rankings unless the study leaves them out, and fill no cell: what raters are still asked for stays.
 * All or nothing; the same file again adds nothing. A rater's name in the file is one rater; every vote
 * without one counts as a rater of its own.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN; CONFLICT for a draft, whose arms may still change; BAD_INPUT
 *   naming the line where the file is wrong, an unknown arm included.
 */
export async function importVotes(
  platform: Pick<Platform, 'database' | 'clock' | 'queue' | 'log'>,
  actor: Actor,
  input: ImportVotesInput,
): Promise<ImportedVotes> {
  const { row, spec } = await findStudy(platform, actor, input, 'project.write');
  if (row.state === 'draft')
    throw new AppError('CONFLICT', 'Open the study first: the arms of a draft may still change.', {
      reason: 'draft',
    });
  const question = questionOf(spec, input.question);
  const { columns, hash } = await readColumns(input, spec);
  const imported = await platform.database.$transaction(
    (transaction) => writeVotes(transaction, platform.clock.now(), row.id, question, columns, hash),
    { timeout: TIME_LIMIT_MS },
  );
  if (imported > 0) requestRanking(platform, row.id);
  return { votes: columns.left.length, imported };
}

function questionOf(spec: StudySpec, key: string | undefined): number {
  const keys = spec.questions.map((question) => question.key);
  if (key === undefined && keys.length === 1) return 0;
  const position = key === undefined ? -1 : keys.indexOf(key);
  if (position < 0)
    throw new AppError(
      'BAD_INPUT',
      `Say which question the votes answer: ${keys.map((each) => `"${each}"`).join(' or ')}.`,
      { reason: 'question' },
    );
  return position;
}

async function readColumns(
  { file, columns, values }: ImportVotesInput,
  spec: StudySpec,
): Promise<{ columns: VoteColumns; hash: string }> {
  const arms = spec.arms.map((arm) => arm.name);
  const collector = collectVotes(arms);
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const chunk of file.bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const format = file.format ?? voteFileFormat(file.name) ?? 'jsonl';
  const options = { file: file.name, format, columns, values, models: new Set(arms) };
  for await (const { votes } of readVoteFile(hashed(), options))
    for (const vote of votes) collector.add(vote);
  return { columns: collector.columns(), hash: hash.digest('hex') };
}

async function writeVotes(
  transaction: Transaction,
  now: Date,
  studyId: number,
  question: number,
  columns: VoteColumns,
  hash: string,
): Promise<number> {
  const arms = await idsByName(transaction, studyId, columns.arms);
  const prompts = await promptIds(transaction, studyId, columns.prompts);
  const raters = await raterIds(transaction, now, studyId, columns.raters);
  let imported = 0;
  for (let start = 0; start < columns.left.length; start += BATCH) {
    const places = Array.from(
      { length: Math.min(BATCH, columns.left.length - start) },
      (_, index) => start + index,
    );
    const outcomes = places.map((place) => {
      const code = columns.outcome[place];
      return code === TIED ? 'tie' : code === RIGHT_WON ? 'right' : 'left';
    });
    imported += await transaction.$executeRaw`
      insert into vote (study_id, rater_id, question, prompt_id, status, origin, left_arm_id,
        right_arm_id, outcome, import_key, created_at)
      select ${studyId}::int, rater, ${question}::int, prompt, 'counted', 'imported', l, r,
        outcome::"Outcome", import_key, ${now}
      from unnest(
        ${places.map((place) => raters[columns.rater?.[place] ?? -1] ?? randomUUID())}::uuid[],
        ${places.map((place) => prompts[columns.prompt?.[place] ?? -1] ?? null)}::int[],
        ${places.map((place) => arms[columns.left[place] ?? -1] ?? null)}::int[],
        ${places.map((place) => arms[columns.right[place] ?? -1] ?? null)}::int[],
        ${outcomes}::text[],
        ${places.map((place) => `${hash} ${question} ${place}`)}::text[]
      ) with ordinality as v (rater, prompt, l, r, outcome, import_key, place)
      order by place
      on conflict (study_id, import_key) do nothing`;
  }
  return imported;
}

async function idsByName(
  transaction: Transaction,
  studyId: number,
  names: readonly string[],
): Promise<(number | undefined)[]> {
  const arms = await transaction.arm.findMany({
    where: { studyId },
    select: { id: true, name: true },
  });
  const ids = new Map(arms.map(({ id, name }) => [name, id]));
  return names.map((name) => ids.get(name));
}

/** By key, else by text; a prompt that the study does not have stays unnamed. */
async function promptIds(
  transaction: Transaction,
  studyId: number,
  names: readonly string[],
): Promise<(number | undefined)[]> {
  if (names.length === 0) return [];
  const prompts = await transaction.prompt.findMany({
    where: { studyId },
    select: { id: true, key: true, text: true },
  });
  const byText = new Map(prompts.map(({ id, text }) => [text, id]));
  const byKey = new Map(prompts.map(({ id, key }) => [key, id]));
  return names.map((name) => byKey.get(name) ?? byText.get(name));
}

async function raterIds(
  transaction: Transaction,
  now: Date,
  studyId: number,
  names: readonly string[],
): Promise<(string | undefined)[]> {
  if (names.length === 0) return [];
  await transaction.$executeRaw`
    insert into rater (id, study_id, origin, external_id, created_at)
    select gen_random_uuid(), ${studyId}::int, 'imported', name, ${now}
    from unnest(${[...names]}::text[]) as named (name)
    on conflict (study_id, origin, external_id) do nothing`;
  const rows = await transaction.$queryRaw<{ id: string; name: string }[]>`
    select id, external_id as name from rater
    where study_id = ${studyId} and origin = 'imported' and external_id = any(${[...names]})`;
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return names.map((name) => ids.get(name));
}
