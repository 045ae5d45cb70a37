import { Table } from '#components/table.tsx';
import type { NoiseFloor } from '#lib/reports/analysis/schema.ts';
import { intervalText, percentText, signedText } from './number-text.ts';
import { ReportSection } from './report-section.tsx';

/** What difference shows where there is none: differences below it mean nothing. */
export function NoiseSection({ noise: { pairs, same } }: { noise: NoiseFloor }) {
  return (
    <ReportSection
      id="noise"
      title="Noise floor"
      description="Arms that are one model twice. Their difference should be 0; a difference no larger than theirs means nothing."
      isFlush={pairs.length > 0}
    >
      {pairs.length > 0 && (
        <Table
          caption="Pairs of arms that are the same model"
          rows={pairs}
          rowKey={({ a, b }) => `${a}\n${b}`}
          columns={[
            {
              key: 'pair',
              header: 'Pair',
              cell: ({ a, b }) => (
                <span className="[overflow-wrap:anywhere]">{`${a} and ${b}`}</span>
              ),
            },
            {
              key: 'why',
              header: 'Why',
              cell: ({ why }) =>
                why === 'replica' ? 'the study says so' : 'their videos are equal',
              isMinor: true,
            },
            {
              key: 'difference',
              header: 'Elo difference',
              cell: ({ difference }) => (difference === null ? '–' : signedText(difference)),
              isNumber: true,
            },
            {
              key: 'interval',
              header: '95 % interval',
              cell: ({ low, high }) => intervalText(low, high),
              isNumber: true,
            },
            {
              key: 'share',
              header: 'Win share between them',
              cell: ({ share }) => percentText(share.share),
              isNumber: true,
            },
            { key: 'votes', header: 'Votes', cell: ({ votes }) => votes, isNumber: true },
          ]}
        />
      )}
      {same && (
        <p className={`text-sm text-ink-soft ${pairs.length > 0 ? 'px-5 py-4' : ''}`}>
          Check pairs that show one arm twice: {percentText(same.ties.share)} ties of{' '}
          {same.votes.toLocaleString('en')} votes; of the others {percentText(same.left.share)} for
          the left side (95 %: {percentText(same.left.low)} to {percentText(same.left.high)}).
        </p>
      )}
    </ReportSection>
  );
}
