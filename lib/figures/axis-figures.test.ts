import { expect, test } from 'vitest';
import { expectStandsAlone, parsedFigure } from '#tests/factories/parsed-figure.ts';
import { axisPanels } from './axis-panels.ts';
import type { CurvePoint, CurveSeries } from './curve-data.ts';
import { type DifferenceCurve, differenceCurve } from './difference-curve.ts';
import { stepGains } from './step-gains.ts';

const point = (level: number, value: number): CurvePoint => ({
  level,
  value,
  low: level === 0 ? null : value - 10,
  high: level === 0 ? null : value + 10,
  jointLow: level === 0 ? 0 : value - 14,
  jointHigh: level === 0 ? 0 : value + 14,
  name: `removes ${level}`,
});
const line = (name: string, isAggregate = false): CurveSeries => ({
  name,
  isAggregate,
  points: [point(50, -4), point(0, 0), point(25, 31), point(12.5, 12)],
  ...(isAggregate ? { controls: [point(25, -5)] } : {}),
});
const curve: DifferenceCurve = {
  title: 'Motion',
  description: 'Differences of four arms.',
  xLabel: 'Removed (%)',
  yLabel: 'Elo difference',
  referenceLabel: 'unfiltered',
  controlLabel: 'random drop',
  series: [line('Quality'), line('Prompt'), line('Mean', true)],
  clips: [0, 12.5, 25, 50].map((level) => ({ level, clips: 9_800_000 * (1 - level / 100) })),
};

test('differences: a line a question, one band, a zero line with its name, clips on top', () => {
  const svg = differenceCurve({ ...curve, width: 700 });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  expect(all('[aria-label=area] path')).toHaveLength(1);
  // Three lines and the two edges of the band.
  expect(all('[aria-label=line] path')).toHaveLength(5);
  expect(texts).toEqual(expect.arrayContaining(['9.8 M', '8.6 M', '7.4 M', '4.9 M', 'Clips kept']));
  expect(texts).toEqual(expect.arrayContaining(['Quality', 'Prompt', 'Mean', 'unfiltered', '+20']));
  // In the legend, and at the point itself.
  expect(texts.filter((text) => text === 'random drop')).toHaveLength(2);
  expect(texts).toContain('95 % for all levels at once, mean');
});

test('names stand at the line ends where there is room, else in the legend, and always once', () => {
  for (const width of [320, 700]) {
    const { texts } = parsedFigure(differenceCurve({ ...curve, width }));
    for (const name of ['Quality', 'Prompt', 'Mean', 'unfiltered'])
      expect(texts.filter((text) => text === name)).toHaveLength(1);
  }
});

test('labels at the line ends do not touch', () => {
  const { all } = parsedFigure(differenceCurve({ ...curve, width: 700 }));
  const ends = ['Quality', 'Prompt', 'Mean', 'unfiltered'].map((name) =>
    Number(
      all('text')
        .find((text) => text.textContent === name)
        ?.getAttribute('y'),
    ),
  );
  ends.sort((a, b) => a - b);
  ends.slice(1).forEach((y, i) => {
    expect(y - Number(ends[i])).toBeGreaterThanOrEqual(14.9);
  });
});

test('without intervals there is no band and no word of one', () => {
  const bare = curve.series.map((series) => ({
    ...series,
    points: series.points.map(({ level, value, name }) => ({
      level,
      value,
      name,
      low: null,
      high: null,
    })),
  }));
  const { all, texts } = parsedFigure(differenceCurve({ ...curve, series: bare, clips: [] }));
  expect(all('[aria-label=area]')).toEqual([]);
  expect(texts.join()).not.toContain('95 %');
  expect(texts).not.toContain('Clips kept');
  expectStandsAlone(differenceCurve({ ...curve, series: [] }));
});

test('panels: one an axis, each with its own scale, one legend for all', () => {
  const panel = (title: string, factor: number) => ({
    title,
    curve: {
      ...curve,
      reference: 0,
      series: curve.series.map((series) => ({
        ...series,
        points: series.points.map((p) => ({ ...p, value: factor * p.value })),
      })),
    },
  });
  const titles = ['Motion', 'Aesthetics', 'Text', 'A'.repeat(200)];
  const figure = { title: 'All axes', description: 'Four axes.', footnote: 'Own scales.' };
  for (const [width, columns] of [
    [1200, 3],
    [700, 2],
    [320, 1],
  ] as const) {
    const panels = titles.map((title, i) => panel(title, i + 1));
    const svg = axisPanels({ ...figure, panels, width });
    expectStandsAlone(svg);
    const { all, texts } = parsedFigure(svg);
    const lefts = all('svg').map((element) => element.getAttribute('x'));
    expect(lefts).toHaveLength(4);
    expect(new Set(lefts).size).toBe(columns);
    for (const text of ['Quality', 'unfiltered', 'Motion', 'Own scales.'])
      expect(texts.filter((one) => one === text)).toHaveLength(1);
  }
  expectStandsAlone(axisPanels({ ...figure, panels: [] }));
});

test('gains at training steps: a line a series, steps in short', () => {
  const series = ['random', 'pretrained'].map((name, i) => ({
    name,
    points: [1000, 20_000].map((step) => ({ level: step, value: 30 * i, low: 0, high: 60, name })),
  }));
  const svg = stepGains({
    title: 'Finetuning',
    description: 'Two initialisations.',
    xLabel: 'Steps',
    yLabel: 'Elo gain',
    series,
    width: 700,
  });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  expect(all('[aria-label=line] path')).toHaveLength(2);
  expect(texts).toEqual(expect.arrayContaining(['1 k', '20 k', 'random', 'pretrained', 'lowest']));
});
