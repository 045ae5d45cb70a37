import { CircleDashed } from 'lucide-react';
import type { AxisCurve, AxisWords } from '#lib/reports/axis-report/schema.ts';
import { ReportSection } from './report-section.tsx';

/** What leads, what follows from the votes, and what they leave open. */
const LEADS: readonly AxisWords['code'][] = ['best', 'share', 'nothing-to-compare'];
const OPEN: readonly AxisWords['code'][] = ['unresolved', 'provisional', 'no-intervals'];

/** The report for someone who has one minute. */
export function Headline({ curve }: { curve: AxisCurve }) {
  const leads = curve.words.filter(({ code }) => LEADS.includes(code));
  const open = curve.words.filter(({ code }) => OPEN.includes(code));
  const findings = curve.words.filter((words) => !leads.includes(words) && !open.includes(words));
  return (
    <ReportSection id="in-short" title="In short" description={about(curve)}>
      {leads.map(({ text }) => (
        <p
          key={text}
          className="max-w-3xl text-lg font-medium text-balance [overflow-wrap:anywhere]"
        >
          {text}
        </p>
      ))}
      {findings.length > 0 && (
        <ul className="mt-3 grid max-w-3xl list-disc gap-1.5 pl-5 text-[0.9375rem] text-ink-soft marker:text-ink-faint">
          {findings.map(({ text }) => (
            <li key={text} className="[overflow-wrap:anywhere]">
              {text}
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <div className="mt-4 flex gap-3 rounded-lg bg-warn-soft px-4 py-3 text-sm">
          <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <div className="min-w-0">
            <p className="font-medium text-ink">Still open, all pairs judged at once</p>
            <ul className="mt-1 grid gap-1 text-ink-soft">
              {open.map(({ text }) => (
                <li key={text} className="[overflow-wrap:anywhere]">
                  {text}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </ReportSection>
  );
}

function about({ question, wording, votes }: AxisCurve): string {
  const what = question === null ? 'The mean of all questions' : `“${wording}”`;
  return `${what}, ${votes.toLocaleString('en')} votes`;
}
