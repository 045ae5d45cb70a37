import { expect, test } from 'vitest';
import { expectStandsAlone, parsedFigure } from '#tests/factories/parsed-figure.ts';
import { calibration } from './calibration.ts';
import { leaveOutRanges } from './leave-out-ranges.ts';
import { promptDrivers } from './prompt-drivers.ts';

const LONG = `${'A very long text '.repeat(20)}<&>`;

test('prompts that drive: the strongest twenty, with their tags and signs', () => {
  const drivers = Array.from({ length: 30 }, (_, i) => ({
    prompt: i === 0 ? LONG : `prompt ${i}`,
    note: `tag ${i}`,
    influence: (i % 2 === 0 ? 1 : -1) * (30 - i),
  }));
  for (const width of [320, 700]) {
    const svg = promptDrivers({
      title: 'Prompts',
      description: 'What moves the result.',
      xLabel: LONG,
      referenceLabel: 'no influence',
      drivers,
      width,
    });
    expectStandsAlone(svg);
    const { all, texts } = parsedFigure(svg);
    expect(all('[aria-label=dot] circle')).toHaveLength(20);
    expect(texts).toEqual(
      expect.arrayContaining(['prompt 1', 'tag 1', '+30', '−29', 'no influence']),
    );
    expect(texts).not.toContain('prompt 20');
  }
});

test('leaving one out: two ranges an arm, told apart without colour', () => {
  const range = { low: 990, high: 1010 };
  const rows = ['a', 'b'].map((name) => ({
    name,
    value: 1000,
    low: 980,
    high: 1020,
    raters: range,
    prompts: name === 'a' ? range : null,
  }));
  const labels = { ratersLabel: 'one rater out', promptsLabel: 'one prompt out' };
  const text = { title: 'Sensitivity', description: 'Ranges.', xLabel: 'Elo' };
  const svg = leaveOutRanges({ ...text, ...labels, rows });
  expectStandsAlone(svg);
  const { all, texts } = parsedFigure(svg);
  const fills = all('[aria-label=bar]').map((bar) => bar.getAttribute('fill'));
  expect(fills).toHaveLength(3);
  expect(new Set(fills).size).toBe(2);
  expect(texts).toEqual(expect.arrayContaining(['one rater out', 'one prompt out']));
  const alone = rows.map((row) => ({ ...row, prompts: null }));
  const { texts: fewer } = parsedFigure(leaveOutRanges({ ...text, ...labels, rows: alone }));
  expect(fewer).not.toContain('one prompt out');
});

test('a metric against people: shares over the gap, votes below, the line of no relation', () => {
  const bins = [1, 2, 5].map((gap) => ({ gap, share: 0.6, low: 0.5, high: 0.7, votes: 100 * gap }));
  const figure = {
    title: 'Motion score',
    description: 'Shares.',
    xLabel: LONG,
    yLabel: LONG,
    halfLabel: 'no relation',
    width: 340,
  };
  for (const some of [bins, bins.slice(0, 1), []])
    expectStandsAlone(calibration({ ...figure, bins: some }));
  const { all, texts } = parsedFigure(calibration({ ...figure, bins }));
  expect(all('[aria-label=dot] circle')).toHaveLength(3);
  expect(texts).toEqual(expect.arrayContaining(['100', '500', 'no relation', '50']));
});
