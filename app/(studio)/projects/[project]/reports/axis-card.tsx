import { Badge } from '#components/badge.tsx';
import { TextLink } from '#components/link.tsx';
import type { ProjectAxis } from '#lib/reports/axis-report/schema.ts';
import { levelText } from '../studies/level-text.ts';
import { StateBadge } from '../studies/state-badge.tsx';

/** One axis: its finding, what the rule recommends, what was decided, and the way to its report. */
export function AxisCard({ project, axis }: { project: string; axis: ProjectAxis }) {
  const { decision, advice } = axis;
  const words = axis.curves.at(-1)?.words ?? [];
  const finding = words.find(({ code }) => code === 'best' || code === 'share') ?? words[0];
  const gain = gainText(axis);
  const href = `/projects/${project}/studies/${axis.slug}/report?revision=${axis.revision}`;
  return (
    <article className="flex w-full flex-col gap-3 rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <TextLink href={href}>{axis.title}</TextLink>
        </h2>
        <StateBadge state={axis.state} />
        {decision?.isOutdated && (
          <span title={decision.reasons.join(' ')}>
            <Badge tone="warn">look again</Badge>
          </span>
        )}
      </header>
      <p className="text-sm text-ink-faint">
        {axis.axis.name} · {axis.votes.toLocaleString('en')} votes
        {axis.isStale && ' · newer votes are being ranked'}
      </p>
      {finding && <p className="text-[0.9375rem] [overflow-wrap:anywhere]">{finding.text}</p>}
      {gain && <p className="text-[0.9375rem] [overflow-wrap:anywhere]">{gain}</p>}
      {axis.snapshot === null && (
        <p className="text-sm text-ink-faint">No votes yet: the curve comes with the first ones.</p>
      )}
      {decision ? (
        <p className="mt-auto border-t border-line pt-3 text-sm text-ink-soft [overflow-wrap:anywhere]">
          <span className="font-medium text-ink">
            Decided: {decision.arm ?? 'left open'}
            {decision.level !== null && `, ${levelText(axis.axis, decision.level)}`}.
          </span>{' '}
          {decision.reason}
          <span className="block text-ink-faint">
            {decision.by ?? 'Command line'},{' '}
            {new Date(decision.at).toLocaleDateString('en', { dateStyle: 'medium' })}
          </span>
        </p>
      ) : (
        advice && (
          <p className="mt-auto border-t border-line pt-3 text-sm text-ink-soft [overflow-wrap:anywhere]">
            <span className="font-medium text-ink">Not decided.</span> By the rule: {advice.text}
          </p>
        )
      )}
    </article>
  );
}

/** On an axis of training steps: who is ahead at the last step. */
function gainText({ steps }: ProjectAxis): string | null {
  const last = steps.at(-1)?.steps.at(-1);
  const lowest = last?.series.find(({ isLowest }) => isLowest);
  let best: NonNullable<typeof last>['series'][number] | undefined;
  for (const one of last?.series ?? [])
    if (one.gain !== null && one.gain > (best?.gain ?? 0)) best = one;
  if (!last || !lowest || !best || best.gain === null) return null;
  const interval =
    best.low === null || best.high === null
      ? ''
      : `, 95 % interval ${best.low.toFixed(0).replace('-', '−')} to ${best.high.toFixed(0)}`;
  return `At ${last.step.toLocaleString('en')} steps “${best.series}” is ${best.gain.toFixed(0)} Elo above “${lowest.series}”${interval}.`;
}
