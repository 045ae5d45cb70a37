import type { NamedVote, Outcome } from '#lib/statistics/votes/vote-columns.ts';

/** Which column of a vote file holds what. `rater` and `prompt` may be missing from a file. */
export interface VoteColumnNames {
  readonly a: string;
  readonly b: string;
  readonly winner: string;
  readonly rater: string;
  readonly prompt: string;
}

/** The names of arena battle files. */
export const ARENA_COLUMNS: VoteColumnNames = {
  a: 'model_a',
  b: 'model_b',
  winner: 'winner',
  rater: 'rater',
  prompt: 'prompt',
};

/** The words for each outcome; left is the model in column a. */
export type OutcomeWords = Readonly<Record<Outcome, readonly string[]>>;

/** The words of arena battle files. */
export const ARENA_WORDS: OutcomeWords = {
  left: ['model_a'],
  right: ['model_b'],
  tie: ['tie', 'tie (bothbad)'],
};

/** Why a row is not a vote: where, what was found there, and what was expected. */
export interface BadRow {
  readonly line: number;
  /** The column's name, or null where the whole row is at fault. */
  readonly column: string | null;
  readonly found: string;
  readonly expected: string;
}

/** The cells of one row as text; undefined where the row has none. */
export type RowCells = Readonly<Record<keyof VoteColumnNames, string | undefined>>;

/** How rows of a file are read. */
export interface RowRules {
  readonly columns: VoteColumnNames;
  readonly words: ReadonlyMap<string, Outcome>;
  /** The only names of models that a row may have; all when left out. */
  readonly models?: ReadonlySet<string> | undefined;
}

/** Reads one row as a vote, or says what is wrong with it. Names lose the blanks around them. */
export function readVoteRow(
  cells: RowCells,
  line: number,
  { columns, words, models }: RowRules,
): NamedVote | BadRow {
  const left = cells.a?.trim();
  const right = cells.b?.trim();
  const word = cells.winner?.trim();
  const bad = (column: string, found: string | undefined, expected: string): BadRow => ({
    line,
    column,
    found: found === undefined ? 'nothing' : `"${clip(found)}"`,
    expected,
  });
  if (!left) return bad(columns.a, left, 'the name of a model');
  if (!right) return bad(columns.b, right, 'the name of a model');
  if (left === right) {
    return bad(columns.b, right, `a model other than "${clip(left)}", which is in ${columns.a}`);
  }
  for (const [column, name] of [
    [columns.a, left],
    [columns.b, right],
  ] as const)
    if (models?.has(name) === false) return bad(column, name, `one of ${listed(models)}`);
  const outcome = word === undefined ? undefined : words.get(word);
  if (!outcome) {
    return bad(columns.winner, word, `one of ${listed(words.keys())}`);
  }
  return {
    left,
    right,
    outcome,
    rater: cells.rater?.trim() || null,
    prompt: cells.prompt?.trim() || null,
  };
}

export function isBadRow(row: NamedVote | BadRow): row is BadRow {
  return 'expected' in row;
}

const LONGEST_LIST = 20;

function listed(names: Iterable<string>): string {
  const all = [...names].map((name) => `"${clip(name)}"`);
  const more = all.length - LONGEST_LIST;
  return `${all.slice(0, LONGEST_LIST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const LONGEST_QUOTE = 60;

function clip(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
