import type { RunDetail, StageProgress } from '#lib/curation/schema.ts';
import { type TableColumn, tableLines } from './table.ts';

const STAGES: readonly TableColumn[] = [
  { title: 'stage', align: 'left' },
  { title: 'state', align: 'left' },
  { title: 'pieces', align: 'right' },
  { title: 'clips', align: 'right' },
  { title: 'skipped', align: 'right' },
  { title: '', align: 'left' },
];

/** One line that says how far a run is. */
export function progressText({ stages, state }: RunDetail): string {
  const stage = stages.find((each) => each.state === 'running') ?? stages.at(-1);
  if (!stage || state !== 'running') return state;
  const share = `${Math.floor(stage.share * 100)} %`;
  return [`${stage.title}: ${piecesText(stage)} (${share})`, ...speedTexts(stage)].join(', ');
}

/** A run as the command line shows it. */
export function runLines(run: RunDetail): string[] {
  const rows = run.stages.map((stage) => [
    stage.title,
    stage.state,
    piecesText(stage),
    String(stage.clips),
    String(stage.faults),
    [...(stage.state === 'running' ? speedTexts(stage) : []), stage.note ?? ''].join(' ').trim(),
  ]);
  const versions = run.versions.map(({ dataset, version }) => `${dataset} version ${version}`);
  return [
    `${run.slug}: ${run.state}`,
    ...tableLines(STAGES, rows),
    ...(run.problem ? [run.problem] : []),
    ...run.failed.map(({ stage, what, problem }) => `  ${stage}, ${what}: ${problem}`),
    ...(versions.length > 0 ? [`${run.result?.clips ?? 0} clips in ${versions.join(', ')}`] : []),
  ];
}

function piecesText({ units, unitsDone }: StageProgress): string {
  return units === null ? '-' : `${unitsDone} of ${units}`;
}

function speedTexts({ clipsPerSecond, secondsLeft }: StageProgress): string[] {
  return [
    ...(clipsPerSecond === null ? [] : [`${clipsPerSecond.toPrecision(3)} clips/s`]),
    ...(secondsLeft === null ? [] : [`${leftText(secondsLeft)} left`]),
  ];
}

function leftText(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
