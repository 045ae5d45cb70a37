import type { DecisionView } from '#lib/reports/decisions/schema.ts';
import { percentText } from '../../percent-text.ts';
import { dateText } from './date-text.ts';

/** One decision: what, why, who, when and on which votes. */
export function DecisionEntry({ decision }: { decision: DecisionView }) {
  const stance = stanceText(decision);
  return (
    <div className="border-l-2 border-accent pl-4 text-sm [overflow-wrap:anywhere]">
      <p className="font-medium text-ink">
        {choiceText(decision)}
        {stance && <span className="font-normal text-ink-faint"> · {stance}</span>}
      </p>
      <p className="mt-1 max-w-3xl whitespace-pre-line text-ink-soft">{decision.reason}</p>
      <p className="mt-1 text-ink-faint">
        {decision.decidedBy ?? 'Command line'}, {dateText(decision.decidedAt)}; on the votes up to{' '}
        {dateText(decision.snapshot.createdAt)}
      </p>
    </div>
  );
}

function choiceText({ arm, mix }: DecisionView): string {
  if (mix) return mix.map((part) => `${percentText(part.share)} “${part.arm}”`).join(', ');
  return arm === null ? 'Left open on purpose' : `Take “${arm}”`;
}

/** How it stands to the rule; null for a mix, on which there is none. */
function stanceText({ arm, advice }: DecisionView): string | null {
  if (!advice) return null;
  const { recommendation } = advice.advice;
  if (recommendation === null) return 'the rule recommended nothing';
  return arm === recommendation
    ? 'as the rule recommended'
    : `the rule recommended “${recommendation}”`;
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
