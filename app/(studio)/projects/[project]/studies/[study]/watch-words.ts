import type { StudyState } from '#lib/studies/schema.ts';
import type { WatchedQuestion } from '#lib/studies/watch/schema.ts';

export const VERDICTS = {
  resolved: { tone: 'good', text: 'Resolved' },
  'not-yet': { tone: 'accent', text: 'Not yet' },
  'will-not-resolve': { tone: 'warn', text: 'Will not resolve' },
} as const;

const PROVISIONAL: Readonly<
  Record<WatchedQuestion['provisional'][number], (minimumVotes: number) => string>
> = {
  'few-votes': (minimumVotes) => `some arm has fewer than ${minimumVotes} votes`,
  disconnected: () => 'the arms fall into groups that never met',
  'never-lost': () => 'some arm never won or never lost against the others',
};

/** Why the numbers are provisional, in a sentence; undefined when they are not. */
export function provisionalText(
  reasons: WatchedQuestion['provisional'],
  minimumVotes: number,
): string | undefined {
  if (reasons.length === 0) return undefined;
  return `Provisional: ${reasons.map((reason) => PROVISIONAL[reason](minimumVotes)).join(', and ')}.`;
}

/** What the advice says, in plain words. */
export function adviceText(
  { advice, votes, plannedVotes }: Pick<WatchedQuestion, 'advice' | 'votes' | 'plannedVotes'>,
  marginElo: number,
  state: StudyState,
): string {
  const { verdict, reason, leader, moreVotes, rivals } = advice;
  if (verdict === 'resolved')
    return reason === 'separated'
      ? `${leader} is better than every other arm. More votes are not needed.`
      : `No arm is better than ${leader} by more than ${marginElo} Elo, the margin of this study. More votes are not needed.`;
  const room = Math.max(0, plannedVotes - votes);
  if (reason === 'open') {
    const who = `${leader} leads, but ${listNames(rivals)} may still be better.`;
    if (verdict === 'will-not-resolve')
      return moreVotes === null
        ? `${who} No number of votes is likely to tell them apart: take them as equal.`
        : `${who} It takes about ${number(moreVotes)} more votes, and the study has room for ${number(room)}: ask for more votes, or take them as equal.`;
    const isPaused = state === 'running' ? '' : ` The study is ${state}.`;
    if (moreVotes !== null && moreVotes <= room)
      return `${who} It takes about ${number(moreVotes)} more votes; the study has room for ${number(room)}.${isPaused}`;
    return `${who} ${moreVotes === null ? 'They look equal so far' : `As it looks, it takes about ${number(moreVotes)} more votes`}; the ${number(room)} that the study has room for will do only if the difference is larger.${isPaused}`;
  }
  const waits =
    reason === 'few-clusters'
      ? 'There are too few raters (or prompts) to tell how sure the result is; ten at least are needed.'
      : 'There are too few votes to say who leads.';
  return verdict === 'will-not-resolve'
    ? `${waits} The study has no room for more votes.`
    : `${waits} The study has room for ${number(room)} more.`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function listNames(names: readonly string[]): string {
  const [first, second] = names;
  if (names.length === 1) return String(first);
  if (names.length === 2) return `${first} or ${second}`;
  return `${first} or one of ${names.length - 1} others`;
}
