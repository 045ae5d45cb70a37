import { Check, Circle, CircleAlert, LoaderCircle } from 'lucide-react';
import { Card } from '#components/card.tsx';
import { Progress } from '#components/progress.tsx';
import type { RunDetail, StageProgress } from '#lib/curation/schema.ts';
import { leftText, piecesText, speedText } from '../run-words.ts';

/** The stages of a run from top to bottom, each with how far it is. */
export function StageList({ run }: { run: RunDetail }) {
  return (
    <Card title="Steps" isFlush>
      <ol className="divide-y divide-line border-t border-line">
        {run.stages.map((stage) => (
          <li key={`${stage.kind} ${stage.title}`} className="flex gap-3 px-5 py-3.5">
            <Mark state={stage.state} />
            <div className="min-w-0 flex-1">
              <Stage stage={stage} isHalted={run.state === 'paused' || run.state === 'cancelled'} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

const MARKS = {
  waiting: { icon: Circle, look: 'text-ink-faint/60', text: 'Not begun' },
  running: { icon: LoaderCircle, look: 'animate-spin text-accent', text: 'At work' },
  done: { icon: Check, look: 'text-good', text: 'Done' },
  failed: { icon: CircleAlert, look: 'text-bad', text: 'Stopped' },
};

function Mark({ state }: { state: StageProgress['state'] }) {
  const { icon: Icon, look, text } = MARKS[state];
  return (
    <>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
      <span className="sr-only">{text}</span>
    </>
  );
}

function Stage({ stage, isHalted }: { stage: StageProgress; isHalted: boolean }) {
  const facts = factsOf(stage);
  const hasBar = stage.state === 'running' || (stage.state !== 'done' && stage.share > 0);
  return (
    <>
      <p
        className={
          stage.state === 'waiting' && !isHalted ? 'text-ink-faint' : 'font-medium text-ink'
        }
      >
        {stage.title}
      </p>
      {hasBar && (
        <div className="mt-2">
          <Progress
            label={piecesText(stage) || stage.title}
            value={Math.round(stage.share * 1000)}
            max={1000}
          />
        </div>
      )}
      {facts.length > 0 && (
        <p className="mt-1 text-sm text-ink-faint tabular-nums">{facts.join(' · ')}</p>
      )}
      {stage.note && <p className="mt-1 text-sm text-ink-faint">{stage.note}</p>}
    </>
  );
}

function factsOf(stage: StageProgress): string[] {
  const { kind, state, clips, faults, unitsFailed, clipsPerSecond, secondsLeft } = stage;
  const number = (value: number) => value.toLocaleString('en');
  const showsClips = kind !== 'list' && clips > 0;
  return [
    ...(showsClips ? [`${number(clips)} ${clips === 1 ? 'clip' : 'clips'}`] : []),
    ...(faults > 0 ? [`${number(faults)} skipped`] : []),
    ...(unitsFailed > 0 ? [`${number(unitsFailed)} failed`] : []),
    ...(state === 'running' && clipsPerSecond !== null ? [speedText(clipsPerSecond)] : []),
    ...(state === 'running' && secondsLeft !== null ? [leftText(secondsLeft)] : []),
  ];
}
