import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';
import {
  collectVotes,
  type NamedVote,
  type VoteColumns,
} from '#lib/statistics/votes/vote-columns.ts';
import { describeBadRow, readVoteFile, voteFileFormat } from '#lib/studies/votes/vote-file.ts';
import type { OutcomeWords, VoteColumnNames } from '#lib/studies/votes/vote-row.ts';

export interface VoteFileFlags {
  /** `a=left,b=right,winner=outcome,rater=student,prompt=item` */
  readonly columns?: string | undefined;
  /** `left=x,right=y,tie=z`; a word given twice for one outcome adds to it. */
  readonly values?: string | undefined;
  readonly skipBadRows?: boolean | undefined;
}

/** How many rows were left out, and a sentence for each of the first. */
export interface SkippedRows {
  readonly skipped: number;
  readonly examples: readonly string[];
}

export interface LoadedVotes extends SkippedRows {
  readonly votes: VoteColumns;
}

const EXAMPLES = 3;

/** Reads a vote file that the user may read, CSV or JSONL by its name or else by its first byte. */
export async function loadVotes(path: string, flags: VoteFileFlags): Promise<LoadedVotes> {
  const collector = collectVotes();
  const rest = await readVotes(path, flags, [], (vote) => collector.add(vote));
  return { votes: collector.columns(), ...rest };
}

/**
 * Reads a vote file and hands over each vote in its order.
 *
 * @param also further columns, whose text comes with each vote; null where the file has none.
 */
export async function readVotes(
  path: string,
  flags: VoteFileFlags,
  also: readonly string[],
  take: (vote: NamedVote, cells: readonly (string | null)[]) => void,
): Promise<SkippedRows> {
  const format = voteFileFormat(path) ?? (await guessFormat(path));
  const examples: string[] = [];
  let skipped = 0;
  const batches = readVoteFile(openFile(path), {
    file: path,
    format,
    columns: columnsFlag(flags.columns),
    values: valuesFlag(flags.values),
    also: also.length > 0 ? also : undefined,
    skipBadRows: flags.skipBadRows,
  });
  for await (const batch of batches) {
    batch.votes.forEach((vote, v) => {
      take(vote, batch.also[v] ?? []);
    });
    for (const row of batch.bad) {
      skipped++;
      if (examples.length < EXAMPLES) examples.push(describeBadRow(path, row));
    }
  }
  return { skipped, examples };
}

/** Sentences about the rows that were left out. */
export function skippedLines({ skipped, examples }: SkippedRows): string[] {
  return skipped > 0 ? [`${skipped} bad rows left out, for example:`, ...examples] : [];
}

/** The bytes of a file of the user's. @throws AppError BAD_INPUT where it can't be read */
export async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 18 });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What a file without a telling name holds, by its first byte. */
export async function guessFormat(path: string): Promise<'csv' | 'jsonl'> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead).trimStart().startsWith('{') ? 'jsonl' : 'csv';
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not read it',
  };
  if (code === undefined || error instanceof AppError) return error;
  return new AppError(
    'BAD_INPUT',
    `Can't read ${path}: ${reasons[code] ?? code}. Give a CSV or JSONL file of votes.`,
    { reason: 'unreadable', file: path },
    { cause: error },
  );
}

/** The column names of `--columns`. */
export function columnsFlag(text: string | undefined): Partial<VoteColumnNames> {
  const columns: Partial<Record<keyof VoteColumnNames, string>> = {};
  for (const [key, name] of pairs('--columns', text, ['a', 'b', 'winner', 'rater', 'prompt'])) {
    columns[key] = name;
  }
  return columns;
}

/** The outcome words of `--values`. */
export function valuesFlag(text: string | undefined): Partial<OutcomeWords> {
  const words: Partial<Record<keyof OutcomeWords, string[]>> = {};
  for (const [key, word] of pairs('--values', text, ['left', 'right', 'tie'])) {
    words[key] = [...(words[key] ?? []), word];
  }
  return words;
}

/** Reads `key=value,key=value` with the keys that a flag knows. */
function pairs<Key extends string>(
  flag: string,
  text: string | undefined,
  keys: readonly Key[],
): [Key, string][] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const at = part.indexOf('=');
    const key = keys.find((known) => known === part.slice(0, at).trim());
    const value = part.slice(at + 1).trim();
    if (at < 0 || key === undefined || value === '') {
      throw new AppError(
        'BAD_INPUT',
        `${flag}: "${part}" is not one of ${keys.map((known) => `${known}=NAME`).join(', ')}.`,
        { reason: 'flag', flag },
      );
    }
    return [key, value];
  });
}
