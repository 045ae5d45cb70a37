import { Stat, StatRow } from '#components/stat.tsx';
import type { AgreementView } from '#lib/reports/analysis/schema.ts';
import { ReportSection } from './report-section.tsx';

type Measure = AgreementView['ac1'];

/** How well raters agree, with what is usual for preferences. */
export function AgreementSection({ agreement }: { agreement: AgreementView | null }) {
  return (
    <ReportSection
      id="agreement"
      title="Agreement of raters"
      description="Preferences differ between people: an alpha near 0.3 is normal here and no sign of a bad study."
    >
      {agreement === null || agreement.percent === null ? (
        <p className="text-sm text-ink-faint">
          Too few comparisons have been judged by two people to tell.
        </p>
      ) : (
        <>
          <StatRow>
            <Measured label="Equal answers" measure={agreement.percent} isShare />
            <Measured label="Krippendorff’s alpha, ordinal" measure={agreement.alphaOrdinal} />
            <Measured label="Krippendorff’s alpha, nominal" measure={agreement.alphaNominal} />
            <Measured label="Gwet’s AC1" measure={agreement.ac1} />
          </StatRow>
          <p className="mt-3 text-sm text-ink-faint">
            From {agreement.comparisons.toLocaleString('en')} comparisons with two votes or more.
            Ordinal counts a tie as half a disagreement.
          </p>
        </>
      )}
    </ReportSection>
  );
}

function Measured(props: { label: string; measure: Measure; isShare?: boolean }) {
  const { label, measure, isShare = false } = props;
  const text = (value: number) =>
    isShare ? `${(100 * value).toFixed(0)}\u2009%` : value.toFixed(2).replace('-', '−');
  return (
    <Stat
      label={label}
      value={measure === null ? '–' : text(measure.value)}
      hint={
        measure?.low == null || measure.high == null
          ? undefined
          : `95 %: ${text(measure.low)} to ${text(measure.high)}`
      }
    />
  );
}
