import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectStandsAlone, parsedFigure as parsed } from '#tests/factories/parsed-figure.ts';
import { type AxisCurve, axisCurve } from './axis-curve.ts';
import { leaderboardIntervals } from './leaderboard-intervals.ts';
import { winShareMatrix } from './win-share-matrix.ts';

const HOSTILE = `<script>alert("1")</script>&'\u0000`;

const point = (level: number, value: number, half: number | null = 10) => ({
  level,
  value,
  low: half === null ? null : value - half,
  high: half === null ? null : value + half,
  name: `arm at ${level}`,
});
const curve: AxisCurve = {
  title: 'Motion',
  description: 'Elo of four arms.',
  xLabel: 'Removed fraction (%)',
  yLabel: 'Elo',
  series: [
    {
      name: 'Quality',
      isAggregate: false,
      points: [0, 12.5, 25, 50].map((l) => point(l, 1000 + l)),
    },
    { name: 'Prompt', isAggregate: false, points: [0, 12.5, 25, 50].map((l) => point(l, 1010)) },
    {
      name: 'Aggregate',
      isAggregate: true,
      points: [0, 12.5, 25, 50].map((l) => point(l, 1005)),
      controls: [point(25, 990)],
    },
  ],
  controlLabel: 'Random drop',
};

test('the axis curve: a line a question, a marker an arm, a bar an interval, labels with units', () => {
  const svg = axisCurve(curve);
  expectStandsAlone(svg);
  const { all, texts } = parsed(svg);
  expect(all('[aria-label=line] path')).toHaveLength(3);
  expect(all('[aria-label=rule] line')).toHaveLength(13);
  expect(texts).toEqual(
    expect.arrayContaining(['Removed fraction (%)', 'Elo', 'Quality', 'Aggregate', 'Random drop']),
  );
  expect(texts).toEqual(expect.arrayContaining(['0', '12.5', '25', '50']));
  const dashes = all('[aria-label=line]').map((line) => line.getAttribute('stroke-dasharray'));
  expect(new Set(dashes).size).toBe(3);
  const tips = all('title').map((title) => title.textContent);
  expect(tips).toContain('arm at 25: 990.0 at 25');
});

test('the axis curve without intervals, with one arm, and with none', () => {
  const bare = {
    ...curve,
    series: [{ name: 'q', isAggregate: false, points: [point(0, 1000, null)] }],
  };
  expect(parsed(axisCurve(bare)).all('[aria-label=rule] line')).toHaveLength(0);
  expectStandsAlone(axisCurve({ ...curve, series: [] }));
});

test('many levels: ticks do not crowd', () => {
  const points = Array.from({ length: 40 }, (_, i) => point(i * 1000, 1000 + i));
  const { all } = parsed(
    axisCurve({ ...curve, series: [{ name: 'q', isAggregate: true, points }] }),
  );
  const ticks = all('[aria-label="x-axis tick label"] text');
  expect(ticks.length).toBeGreaterThan(3);
  expect(ticks.length).toBeLessThan(10);
});

const board = (names: readonly string[]) => ({
  title: 'Leaderboard',
  description: 'Ratings.',
  xLabel: 'Elo, 95 % interval',
  rows: names.map((name, i) => ({
    name,
    value: 1000 + i,
    low: 990 + i,
    high: 1010 + i,
    isProvisional: i === 0,
  })),
});

test('the leaderboard: best on top, dot and interval for each, numbers beside', () => {
  const svg = leaderboardIntervals(board(['worst', 'middle', 'best']));
  expectStandsAlone(svg);
  const { all, texts } = parsed(svg);
  expect(all('[aria-label=dot] circle')).toHaveLength(3);
  expect(all('[aria-label=link] path')).toHaveLength(3);
  expect(texts.filter((text) => /best|middle|worst/.test(text))).toEqual([
    'best',
    'middle',
    'worst',
  ]);
  expect(texts).toEqual(
    expect.arrayContaining(['1002 (992 to 1012)', 'Elo, 95 % interval (○ provisional)']),
  );
});

const matrix = (arms: readonly string[], width = 640) => ({
  title: 'Win shares',
  description: 'Shares.',
  note: 'Share (%)',
  votesNote: 'votes below',
  width,
  arms,
  cells: arms.map((_, r) =>
    arms.map((_name, c) => ({ share: c > r + 1 ? null : c > r ? 0.75 : 0.25, votes: 12 })),
  ),
});

test('the win-share matrix: numbers in all cells but the diagonal, a dash where none met', () => {
  const svg = winShareMatrix(matrix(['a', 'b', 'c']));
  expectStandsAlone(svg);
  const { all, texts } = parsed(svg);
  expect(all('[aria-label=cell] rect')).toHaveLength(9);
  expect(texts.filter((text) => text === '75')).toHaveLength(2);
  expect(texts.filter((text) => text === '25')).toHaveLength(3);
  expect(texts.filter((text) => text === '–')).toHaveLength(1);
  expect(texts.filter((text) => text === '12')).toHaveLength(5);
});

const NAMES = Array.from({ length: 20 }, (_, i) => `${HOSTILE} ${i} ${'long '.repeat(30)}`);

test.each([1, 2, 20])('hostile and long names, %d arms, wide and narrow', (count) => {
  const names = NAMES.slice(0, count);
  for (const width of [320, 640]) {
    const series = names.map((name, i) => ({ name, isAggregate: false, points: [point(i, i)] }));
    const figures = [
      axisCurve({ ...curve, title: HOSTILE, description: HOSTILE, xLabel: HOSTILE, series, width }),
      leaderboardIntervals({ ...board(names), width }),
      winShareMatrix(matrix(names, width)),
    ];
    for (const svg of figures) {
      expectStandsAlone(svg);
      expect(parsed(svg).texts.some((text) => text.endsWith('…'))).toBe(true);
    }
  }
});

test('any names and finite numbers give a well-formed drawing', () => {
  const name = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, fc.float({ noNaN: true, min: -5000, max: 5000 }))),
      (rows) => {
        expectStandsAlone(
          leaderboardIntervals({
            ...board([]),
            rows: rows.map(([text, value]) => ({
              name: text,
              value,
              low: value - 1,
              high: null,
              isProvisional: false,
            })),
          }),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a footnote stands below the plot and makes the drawing higher', () => {
  const plain = parsed(axisCurve(curve));
  const noted = parsed(axisCurve({ ...curve, footnote: 'Simulated votes are counted.' }));
  const height = (root: Element) => Number(root.getAttribute('height'));
  expect(noted.texts.at(-1)).toBe('Simulated votes are counted.');
  expect(height(noted.root)).toBeGreaterThan(height(plain.root));
  expect(noted.root.getAttribute('viewBox')).toBe(`0 0 640 ${height(noted.root)}`);
});
