import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { describeBadRow, readVoteFile, voteFileFormat } from '#lib/studies/votes/vote-file.ts';
import type { OutcomeWords, VoteColumnNames } from '#lib/studies/votes/vote-row.ts';

export interface VoteFileFlags {
  /** `a=left,b=right,winner=outcome,rater=student,prompt=item` */
  readonly columns?: string | undefined;
  /** `left=x,right=y,tie=z`; a word given twice for one outcome adds to it. */
  readonly values?: string | undefined;
  readonly skipBadRows?: boolean | undefined;
}

/** The votes of a file, and a sentence for each of the first bad rows among `skipped`. */
export interface LoadedVotes {
  readonly votes: VoteColumns;
  readonly skipped: number;
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

/** Reads a vote file that the user may read, CSV or JSONL by its name or else by its first byte. */
export async function loadVotes(path: string, flags: VoteFileFlags): Promise<LoadedVotes> {
  const format = voteFileFormat(path) ?? (await guessFormat(path));
  const collector = collectVotes();
  const examples: string[] = [];
  let skipped = 0;
  const batches = readVoteFile(openFile(path), {
    file: path,
    format,
    columns: columnsFlag(flags.columns),
    values: valuesFlag(flags.values),
    skipBadRows: flags.skipBadRows,
  });
  for await (const { votes, bad } of batches) {
    for (const vote of votes) collector.add(vote);
    for (const row of bad) {
      skipped++;
      if (examples.length < EXAMPLES) examples.push(describeBadRow(path, row));
    }
  }
  return { votes: collector.columns(), skipped, examples };
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
