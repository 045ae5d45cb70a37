import { TriangleAlert } from 'lucide-react';
import { TextLink } from '#components/link.tsx';
import { Table } from '#components/table.tsx';
import type { Exclusions } from '#lib/reports/analysis/schema.ts';
import { type StudyAddress, studyHref } from '../../study-address.ts';
import { percentText } from './number-text.ts';
import { ReportSection } from './report-section.tsx';

/** Which votes no ranking uses, and whether that share has changed. */
export function ExclusionsSection(props: { address: StudyAddress; exclusions: Exclusions }) {
  const { ranked, reasons, share, alarm } = props.exclusions;
  return (
    <ReportSection
      id="exclusions"
      title="Votes left out"
      description={
        <>
          {ranked.toLocaleString('en')} votes are ranked
          {share === null || share === 0
            ? ''
            : `; ${percentText(share)} were left out with their raters`}
          . <TextLink href={studyHref(props.address, '/raters')}>Look at the raters</TextLink>
        </>
      }
      isFlush={reasons.length > 0}
    >
      {alarm !== null && (
        <div
          role="alert"
          className={`flex gap-3 rounded-xl border border-bad/25 bg-bad-soft px-4 py-3 text-sm ${reasons.length > 0 ? 'mx-5 mb-4' : ''}`}
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          <p className="min-w-0 text-ink-soft">{alarm}</p>
        </div>
      )}
      {reasons.length === 0 ? (
        <p className="text-sm text-ink-faint">No vote is left out.</p>
      ) : (
        <Table
          caption="Votes left out, by reason"
          rows={reasons}
          rowKey={({ code }) => code}
          columns={[
            { key: 'reason', header: 'Reason', cell: ({ reason }) => reason },
            {
              key: 'votes',
              header: 'Votes',
              cell: ({ votes }) => votes.toLocaleString('en'),
              isNumber: true,
            },
          ]}
        />
      )}
    </ReportSection>
  );
}
