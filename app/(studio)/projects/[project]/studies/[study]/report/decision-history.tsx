import type { DecisionView } from '#lib/reports/decisions/schema.ts';
import { dateText } from './date-text.ts';

/** One decision: what, why, who, when and on which votes. */
export function DecisionEntry({ decision }: { decision: DecisionView }) {
  const { arm, advice } = decision;
  const { recommendation } = advice.advice;
  const stance =
    arm === recommendation
      ? arm === null
        ? 'the rule recommended nothing'
        : 'as the rule recommended'
      : recommendation === null
        ? 'the rule recommended nothing'
        : `the rule recommended “${recommendation}”`;
  return (
    <div className="border-l-2 border-accent pl-4 text-sm [overflow-wrap:anywhere]">
      <p className="font-medium text-ink">
        {arm === null ? 'Left open on purpose' : `Take “${arm}”`}
        <span className="font-normal text-ink-faint"> · {stance}</span>
      </p>
      <p className="mt-1 max-w-3xl whitespace-pre-line text-ink-soft">{decision.reason}</p>
      <p className="mt-1 text-ink-faint">
        {decision.decidedBy ?? 'Command line'}, {dateText(decision.decidedAt)}; on the votes up to{' '}
        {dateText(decision.snapshot.createdAt)}
      </p>
    </div>
  );
}

/** Decisions that a later one took the place of. */
export function DecisionHistory({ decisions }: { decisions: readonly DecisionView[] }) {
  if (decisions.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-soft">
        {decisions.length === 1 ? 'One earlier decision' : `${decisions.length} earlier decisions`}
      </summary>
      <ul className="mt-3 flex flex-col gap-4">
        {decisions.map((decision) => (
          <li key={decision.id} className="opacity-80">
            <DecisionEntry decision={decision} />
          </li>
        ))}
      </ul>
    </details>
  );
}
