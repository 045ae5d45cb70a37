import { count, duration } from './counts.ts';

interface Estimate {
  armPairs: number;
  comparisons: number;
  votes: number;
  pairsShown: number;
  ratersPerComparison: number;
  minRaters: number;
  sessions: number;
  minutesPerSession: number;
  totalMinutes: number;
}

/** What a study costs, in sentences. */
export function EstimateText({ estimate, questions }: { estimate: Estimate; questions: number }) {
  const { armPairs, comparisons, votes, pairsShown, minRaters, sessions } = estimate;
  return (
    <ul className="flex flex-col gap-2 text-sm text-ink-soft">
      <li>
        <strong className="font-semibold text-ink">{count(votes, 'vote')}</strong>:{' '}
        {count(armPairs, 'pair')} of arms {armPairs === 1 ? 'makes' : 'make'}{' '}
        {count(comparisons, 'comparison')} over all prompts
        {questions > 1 && `, with ${questions} questions each`}.
      </li>
      <li>
        <strong className="font-semibold text-ink">{count(minRaters, 'rater')} or more</strong>,
        since a comparison needs{' '}
        {count(estimate.ratersPerComparison, 'different person', 'different people')} and nobody
        gets the same one twice; {count(sessions, 'rater')} if each does one session.
      </li>
      <li>
        <strong className="font-semibold text-ink">{duration(estimate.totalMinutes)}</strong> of
        rating: {count(sessions, 'session')} of {count(estimate.minutesPerSession, 'minute')}, in
        which {count(pairsShown, 'pair')} are shown.
      </li>
    </ul>
  );
}
