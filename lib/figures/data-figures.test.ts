import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectStandsAlone, parsedFigure } from '#tests/factories/parsed-figure.ts';
import { correlation } from './correlation.ts';
import { type Histogram, histogram } from './histogram.ts';

const HOSTILE = `<script>alert("1")</script>&'\u0000 ${'long '.repeat(60)}`;

const bins = (counts: readonly number[], step = 1) =>
  counts.map((count, i) => ({ low: i * step, high: (i + 1) * step, count }));

const flow: Histogram = {
  title: 'flow',
  description: 'How motion is spread.',
  xLabel: 'flow',
  bins: bins([5, 20, 40, 30, 10]),
};

test('a histogram: a bar a bin, and in words what has no place or no value', () => {
  const svg = histogram({ ...flow, under: 1, over: 3, missing: { count: 12, total: 121 } });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  expect(all('[aria-label=rect] rect')).toHaveLength(5);
  expect(texts.at(-1)).toBe(
    '1 (0.9 %) below, 3 (2.8 %) above this range; 12 (9.9 %) without a value.',
  );
  expect(all('title').map(({ textContent }) => textContent)).toContain('2 to 3: 40');
});

test('cuts: a line and a label each, none over another, paler bars where more of them remove', () => {
  const cuts = [
    { value: 1.0, label: '12.5 %' },
    { value: 1.1, label: '25 %' },
    { value: 1.2, label: '50 %' },
    { value: 4.9, label: 'x'.repeat(80) },
  ];
  const svg = histogram({ ...flow, cuts, removed: 'low', width: 340 });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  expect(texts).toEqual(expect.arrayContaining(['12.5 %', '25 %', '50 %']));
  const rows = all('text')
    .filter(({ textContent }) => /^(12.5|25|50) %$/.test(textContent ?? ''))
    .map(
      (label) => label.getAttribute('transform') ?? label.parentElement?.getAttribute('transform'),
    );
  expect(new Set(rows).size).toBe(3);
  const colours = all('[aria-label=rect] rect').map((bar) => bar.getAttribute('fill'));
  expect(colours[0]).not.toBe(colours[1]);
  expect(colours[1]).toBe(colours[2]);
  const high = parsedFigure(histogram({ ...flow, cuts, removed: 'high' }));
  expect(high.all('[aria-label=rect] rect')[0]?.getAttribute('fill')).toBe('rgb(0,114,178)');
});

test('a bar that towers over all others is cut, with its number', () => {
  const { texts } = parsedFigure(histogram({ ...flow, bins: bins([1_000_000, 20, 40, 30, 10]) }));
  expect(texts).toContain('1,000,000 here');
});

test('no values, one value, tiny values', () => {
  expectStandsAlone(histogram({ ...flow, bins: [] }));
  expectStandsAlone(histogram({ ...flow, bins: [{ low: 3, high: 3, count: 7 }] }));
  const { texts } = parsedFigure(histogram({ ...flow, bins: bins([1, 2, 3], 1e-6) }));
  expect(texts).toContain('0.000001');
});

test('correlations: numbers off the diagonal, a dash where they cannot be told', () => {
  const svg = correlation({
    title: 'Correlations',
    description: 'Of all scores.',
    names: ['flow', 'aes', 'ocr'],
    note: 'below the diagonal Pearson, above it Spearman',
    values: [
      [1, 0.123, null],
      [-0.5, 1, 1],
      [-0.001, 0, 1],
    ],
  });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  expect(all('[aria-label=cell] rect')).toHaveLength(9);
  expect(texts).toEqual(expect.arrayContaining(['.12', '–', '−.50', '1', '0']));
});

test('hostile texts and any numbers give a well-formed drawing', () => {
  for (const width of [320, 640]) {
    const cuts = [{ value: 2, label: HOSTILE }];
    expectStandsAlone(
      histogram({ ...flow, title: HOSTILE, description: HOSTILE, xLabel: HOSTILE, cuts, width }),
    );
    const names = [HOSTILE, 'b'];
    const values = [[1, 0.2]];
    expectStandsAlone(
      correlation({ title: HOSTILE, description: HOSTILE, note: HOSTILE, names, values, width }),
    );
  }
  const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, fc.nat())), fc.array(number), (some, values) => {
      const drawn = histogram({
        ...flow,
        bins: some.map(([low, count]) => ({ low, high: low + 1, count })),
        cuts: values.map((value) => ({ value, label: 'cut' })),
        removed: 'low',
      });
      expect(drawn).not.toMatch(/NaN|Infinity/);
      expectStandsAlone(drawn);
    }),
    { numRuns: 30 },
  );
});
