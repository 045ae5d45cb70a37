import type { FrameRate } from './frame-rate.ts';
import { thousandths, timecode } from './python-text.ts';
import { between, type Moment } from './timeline.ts';

/** A scene with the times of its first frame and of its end. */
export interface TimedScene {
  readonly start: Moment;
  readonly end: Moment;
}

const COLUMNS = [
  'Scene Number',
  'Start Frame',
  'Start Timecode',
  'Start Time (seconds)',
  'End Frame',
  'End Timecode',
  'End Time (seconds)',
  'Length (frames)',
  'Length (timecode)',
  'Length (seconds)',
];
const RULE = '-'.repeat(71);

/** The scene list as the file of PySceneDetect's `list-scenes`: cuts, column names, one row a scene. */
export function sceneListCsv(scenes: readonly TimedScene[], rate: FrameRate): string {
  const cuts = scenes.slice(1).map(({ start }) => timecode(start.seconds));
  const rows = scenes.map(({ start, end }, at) => {
    const length = between(start, end, rate);
    return [
      at + 1,
      start.frameNumber + 1,
      timecode(start.seconds),
      thousandths(start.seconds),
      end.frameNumber,
      timecode(end.seconds),
      thousandths(end.seconds),
      length.frameNumber,
      timecode(length.seconds),
      thousandths(length.seconds),
    ];
  });
  const first = cuts.length > 0 ? ['Timecode List:', ...cuts] : [];
  return [first, COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** The scene list as the table that PySceneDetect's `list-scenes` prints. */
export function sceneListTable(scenes: readonly TimedScene[]): string {
  const rows = scenes.map(
    ({ start, end }, at) =>
      ` |  ${String(at + 1).padStart(5)}  | ${String(start.frameNumber + 1).padStart(11)} | ` +
      `${timecode(start.seconds)} | ${String(end.frameNumber).padStart(11)} | ${timecode(end.seconds)} |`,
  );
  const lines = [
    'Scene List:',
    RULE,
    ' | Scene # | Start Frame |  Start Time  |  End Frame  |   End Time   |',
    RULE,
    ...rows,
    RULE,
  ];
  const cuts = scenes.slice(1).map(({ start }) => timecode(start.seconds));
  if (cuts.length > 0) lines.push('Comma-separated timecode list:', `  ${cuts.join(',')}`);
  return `${lines.join('\n')}\n`;
}
