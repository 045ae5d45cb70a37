import { Table } from '#components/table.tsx';
import type { AnalysisPart, LeaveOut } from '#lib/reports/analysis/schema.ts';
import type { PartProps } from './axis-part.tsx';
import { Behind } from './behind.tsx';
import { Figure } from './figure.tsx';
import { signedText } from './number-text.ts';
import { ReportSection } from './report-section.tsx';

/** How much of the result hangs on a single rater or a single prompt. */
export function SensitivitySection({ part, props }: { part: AnalysisPart; props: PartProps }) {
  const { leaveOneRaterOut: raters, leaveOnePromptOut: prompts } = part;
  if (!raters && !prompts) return null;
  const { address, ...drawn } = props;
  // Its ranges are in Elo, which two arms do not get.
  const isTwoArms = part.headToHead !== null;
  return (
    <ReportSection
      id="sensitivity"
      title="Sensitivity"
      description={
        isTwoArms
          ? 'Whether the result hangs on a single rater or a single prompt.'
          : 'Between what each rating moves when one rater, or one prompt, is left out. Short bars: the result hangs on no single one.'
      }
    >
      <ul className="grid not-last:mb-4 gap-1 text-[0.9375rem] text-ink-soft">
        {raters && <li>{inWords(raters, 'rater')}</li>}
        {prompts && <li>{inWords(prompts, 'prompt')}</li>}
      </ul>
      {!isTwoArms && (
        <>
          <Figure figure="sensitivity" {...address} {...drawn} />
          <Behind>
            <Ranges raters={raters} prompts={prompts} />
            {raters && <Influential what="rater" from={raters} />}
            {prompts && <Influential what="prompt" from={prompts} />}
          </Behind>
        </>
      )}
    </ReportSection>
  );
}

function inWords({ count, topChanges }: LeaveOut, what: string): string {
  return topChanges === 0
    ? `Whichever of the ${count} ${what}s is left out, the same arm comes first.`
    : `Leaving out any one of ${topChanges} of the ${count} ${what}s puts another arm first.`;
}

function Ranges({ raters, prompts }: { raters: LeaveOut | null; prompts: LeaveOut | null }) {
  const range = (from: LeaveOut | null, arm: string) => {
    const found = from?.arms.find((one) => one.arm === arm);
    return found ? `${found.low.toFixed(0)} to ${found.high.toFixed(0)}` : '–';
  };
  return (
    <Table
      caption="Elo of each arm, and its range when one is left out"
      rows={(raters ?? prompts)?.arms ?? []}
      rowKey={({ arm }) => arm}
      columns={[
        {
          key: 'arm',
          header: 'Arm',
          cell: ({ arm }) => <span className="[overflow-wrap:anywhere]">{arm}</span>,
        },
        { key: 'elo', header: 'Elo', cell: ({ elo }) => elo.toFixed(0), isNumber: true },
        {
          key: 'raters',
          header: 'Without one rater',
          cell: ({ arm }) => range(raters, arm),
          isNumber: true,
        },
        {
          key: 'prompts',
          header: 'Without one prompt',
          cell: ({ arm }) => range(prompts, arm),
          isNumber: true,
        },
      ]}
    />
  );
}

function Influential({ what, from }: { what: string; from: LeaveOut }) {
  return (
    <Table
      className="mt-4"
      caption={`The most influential ${what}s`}
      rows={from.influential}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'name',
          header: `Most influential ${what}s`,
          cell: ({ name }) => <span className="[overflow-wrap:anywhere]">{name}</span>,
        },
        { key: 'votes', header: 'Votes', cell: ({ votes }) => votes, isNumber: true },
        {
          key: 'moves',
          header: 'Without it',
          cell: ({ arm, elo, topChanges }) =>
            `${arm} ${signedText(elo)} Elo${topChanges ? '; another arm first' : ''}`,
        },
      ]}
    />
  );
}
