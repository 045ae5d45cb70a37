import { Badge } from '#components/badge.tsx';
import { type Column, Table } from '#components/table.tsx';
import type {
  AnalysisPart,
  AnalysisReport,
  PromptEffect,
  TagEffect,
} from '#lib/reports/analysis/schema.ts';
import type { PartProps } from './axis-part.tsx';
import { Behind } from './behind.tsx';
import { Figure } from './figure.tsx';
import { percentText, signedText } from './number-text.ts';
import { ReportSection } from './report-section.tsx';

interface Shape {
  report: AnalysisReport;
  part: AnalysisPart;
  props: PartProps;
}

/** Which prompts drive the result, and what each kind of prompt says by itself. */
export function PromptsSection({ report, part, props }: Shape) {
  const { address, ...drawn } = props;
  // Two arms are told by their win shares, never by Elo.
  const isTwoArms = part.headToHead !== null;
  const reference = isTwoArms ? null : report.reference;
  const turning = part.prompts.filter(({ topChanges }) => topChanges).length;
  return (
    <>
      <ReportSection
        id="prompts"
        title="Which prompts drive it"
        description={`The prompts whose leaving out moves the result most, of ${part.promptCount}. ${
          turning === 0
            ? 'The first place hangs on none of them.'
            : `Without one of ${turning} of them another arm comes first.`
        }`}
      >
        {part.prompts.length === 0 ? (
          <p className="text-sm text-ink-faint">
            With a single prompt there is nothing to leave out.
          </p>
        ) : (
          <>
            <Figure figure="prompts" {...address} {...drawn} />
            <Behind>
              <PromptTable report={report} prompts={part.prompts} isTwoArms={isTwoArms} />
            </Behind>
          </>
        )}
      </ReportSection>
      {part.tags.length > 0 && (
        <ReportSection
          id="tags"
          title="By kind of prompt"
          description={
            reference === null
              ? 'The share of votes that each arm wins on the prompts of a tag alone, ties as half.'
              : `Elo differences to ${reference} on the prompts of a tag alone, with 95 % intervals. Few prompts make wide intervals.`
          }
          isFlush
        >
          <TagTable tags={part.tags} reference={reference} isTwoArms={isTwoArms} />
        </ReportSection>
      )}
    </>
  );
}

function PromptTable(props: {
  report: AnalysisReport;
  prompts: readonly PromptEffect[];
  isTwoArms: boolean;
}) {
  const known = new Map(props.report.prompts.map((prompt) => [prompt.id, prompt]));
  return (
    <Table
      caption="Prompts by how much they drive the result"
      rows={props.prompts}
      rowKey={({ prompt }) => prompt}
      columns={[
        {
          key: 'prompt',
          header: 'Prompt',
          cell: ({ prompt, topChanges }) => (
            <span className="flex min-w-40 flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
              {known.get(prompt)?.text || known.get(prompt)?.key}
              {topChanges && <Badge tone="warn">turns the first place</Badge>}
            </span>
          ),
        },
        {
          key: 'tags',
          header: 'Tags',
          cell: ({ prompt }) => {
            const { motion = null, tags = [] } = known.get(prompt) ?? {};
            return [...(motion === null ? [] : [motion]), ...tags].join(', ');
          },
          isMinor: true,
        },
        {
          key: 'preferred',
          header: 'Preferred on it',
          cell: ({ preferred }) => preferred ?? 'no single arm',
          isMinor: true,
        },
        ...(props.isTwoArms
          ? []
          : [
              {
                key: 'drive',
                header: 'Largest change',
                cell: ({ drive }: PromptEffect) => `${drive.toFixed(1)} Elo`,
                isNumber: true,
              },
            ]),
        ...(props.isTwoArms
          ? (props.prompts[0]?.arms ?? []).map(
              ({ arm: name }): Column<PromptEffect> => ({
                key: `share ${name}`,
                header: name,
                cell: ({ arms }) =>
                  percentText(arms.find(({ arm }) => arm === name)?.share ?? null),
                isNumber: true,
              }),
            )
          : []),
        { key: 'votes', header: 'Votes', cell: ({ votes }) => votes, isNumber: true },
      ]}
    />
  );
}

function TagTable(props: {
  tags: readonly TagEffect[];
  reference: string | null;
  isTwoArms: boolean;
}) {
  const { tags, reference, isTwoArms } = props;
  const arms = tags[0]?.arms.map(({ arm }) => arm).filter((arm) => arm !== reference) ?? [];
  const columns: Column<TagEffect>[] = [
    {
      key: 'tag',
      header: 'Tag',
      cell: ({ kind, tag, warnings }) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium [overflow-wrap:anywhere]">{tag}</span>
          {kind === 'motion' && <Badge>motion</Badge>}
          {warnings.length > 0 && (
            <span title={warnings.map(({ message }) => message).join(' ')}>
              <Badge tone="warn">few</Badge>
            </span>
          )}
        </span>
      ),
    },
    { key: 'prompts', header: 'Prompts', cell: ({ prompts }) => prompts, isNumber: true },
    { key: 'votes', header: 'Votes', cell: ({ votes }) => votes, isNumber: true, isMinor: true },
    ...arms.map(
      (name): Column<TagEffect> => ({
        key: `arm ${name}`,
        header: <span className="[overflow-wrap:anywhere]">{name}</span>,
        cell: (effect) =>
          tagCell(
            effect.arms.find(({ arm }) => arm === name),
            isTwoArms,
          ),
        isNumber: true,
      }),
    ),
  ];
  return (
    <Table
      caption="Each kind of prompt by itself"
      columns={columns}
      rows={tags}
      rowKey={({ kind, tag }) => `${kind} ${tag}`}
    />
  );
}

function tagCell(arm: TagEffect['arms'][number] | undefined, isShare: boolean) {
  if (!arm) return '–';
  if (isShare || arm.difference === null) return percentText(arm.share);
  const { difference, differenceLow: low, differenceHigh: high } = arm;
  return (
    <>
      {signedText(difference)}
      {low !== null && high !== null && (
        <span className="block text-xs text-ink-faint">
          {signedText(low)} to {signedText(high)}
        </span>
      )}
    </>
  );
}
