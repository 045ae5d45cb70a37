import { CircleCheck, CircleDashed } from 'lucide-react';
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
        <ul className="mt-3 grid max-w-3xl gap-1.5 text-[0.9375rem] text-ink-soft">
          {findings.map(({ code, text }) => (
            <Point key={text} icon="check" isStrong={code === 'peak' || code === 'dip'}>
              {text}
            </Point>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <div className="mt-4 rounded-lg bg-warn-soft px-4 py-3">
          <p className="text-sm font-medium text-ink">Still open</p>
          <ul className="mt-1 grid gap-1.5 text-sm text-ink-soft">
            {open.map(({ text }) => (
              <Point key={text} icon="open">
                {text}
              </Point>
            ))}
          </ul>
        </div>
      )}
    </ReportSection>
  );
}

function Point(props: { icon: 'check' | 'open'; isStrong?: boolean; children: string }) {
  const Icon = props.icon === 'check' ? CircleCheck : CircleDashed;
  return (
    <li className="flex gap-2 [overflow-wrap:anywhere]">
      <Icon
        aria-hidden
        className={`mt-1 size-4 shrink-0 ${props.icon === 'check' ? 'text-good' : 'text-warn'}`}
      />
      <span className={props.isStrong ? 'min-w-0 text-ink' : 'min-w-0'}>{props.children}</span>
    </li>
  );
}

function about({ question, wording, votes }: AxisCurve): string {
  const what = question === null ? 'The mean of all questions' : `“${wording}”`;
  return `${what}, ${votes.toLocaleString('en')} votes`;
}
