import { expect, test } from 'vitest';
import { expectStandsAlone, parsedFigure } from '#tests/factories/parsed-figure.ts';
import type { AnalysisReport } from '../analysis/schema.ts';
import type { AxisPoint, AxisReport, ProjectReport } from '../axis-report/schema.ts';
import { mostMoved } from './draw-analysis.ts';
import { drawFigure, type FigureSource } from './draw-figure.ts';

const study = {
  id: 1,
  slug: 'motion',
  title: 'Motion ablation',
  revision: 1,
  kind: 'video',
  state: 'running',
  axis: { kind: 'removed-fraction', name: 'motion', unit: '' },
  allowTies: true,
} as const;
const snapshot = {
  id: 1,
  version: '1',
  seed: 1,
  watermark: '9',
  exclusion: { simulated: false, imported: false },
  votes: 1152,
  createdAt: '2026-01-01T00:00:00.000Z',
  isNewest: true,
};
const breakdown = {
  people: 1000,
  simulated: 152,
  imported: 0,
  surplus: 0,
  trial: 0,
  checks: 0,
  retracted: 0,
  marked: 0,
  raters: 9,
  excluded: [],
  exclusionShifts: [],
};

const point = (arm: string, level: number, difference: number, more: Partial<AxisPoint> = {}) => ({
  arm,
  role: 'level' as const,
  level,
  isReference: false,
  clips: 1000 * (1 - level),
  kept: 1 - level,
  elo: 1000 + difference,
  difference,
  low: difference - 10,
  high: difference + 10,
  jointLow: difference - 14,
  jointHigh: difference + 14,
  p: 0.5,
  pBest: 0.5,
  rankLow: 1,
  rankHigh: 2,
  tier: 1,
  provisional: false,
  votes: 500,
  winShare: 0.5,
  winShareLow: null,
  winShareHigh: null,
  ...more,
});
const points = [
  point('all', 0, 0, { isReference: true, difference: null, low: null, high: null }),
  point('drop 29', 0.29, 31),
  point('random 29', 0.29, -5, { role: 'control' }),
  point('drop 50', 0.5, 900, { provisional: true }),
];
const curve = {
  key: null,
  votes: 576,
  points,
  contrasts: [],
  words: [],
  unresolved: [],
  warnings: [],
};
const curves = [
  { ...curve, question: 0, wording: 'Which looks better?' },
  { ...curve, question: 1, wording: 'Which fits better?' },
  { ...curve, question: null, wording: 'All questions' },
];
const axis: AxisReport = {
  study,
  method: 'davidson',
  reference: 'all',
  isTwoArms: false,
  snapshot,
  breakdown,
  curves,
  steps: [],
  advice: null,
  warnings: [],
  isStale: false,
};
const draw = (...input: Parameters<typeof drawFigure>) => {
  const svg = drawFigure(...input);
  expectStandsAlone(svg);
  return parsedFigure(svg);
};

test('differences: percent, clips, the foreign votes, no interval of a provisional arm', () => {
  const { all, texts } = draw({ figure: 'differences', axis }, 'mean', 720);
  expect(texts).toEqual(
    expect.arrayContaining(['29', '50', '1 k', '710', 'unfiltered', 'Removed by motion (%)']),
  );
  expect(texts.at(-1)).toMatch(/^Simulated votes are counted; provisional arms/);
  // Drop 29 and its control, on three lines.
  expect(all('[aria-label=rule][stroke-width="1.5"] line')).toHaveLength(6);
  expect(draw({ figure: 'differences', axis }, 0, 720).all('[aria-label=line] path')).toHaveLength(
    3,
  );
});

test("the paper's Elo: no band, no word of an interval, its warnings at the foot", () => {
  const bare = points.map((one) => ({
    ...one,
    low: null,
    high: null,
    jointLow: null,
    jointHigh: null,
  }));
  const paper: AxisReport = {
    ...axis,
    method: 'elo-paper',
    curves: curves.map((one) => ({ ...one, points: bare })),
  };
  const { all, texts } = draw({ figure: 'differences', axis: paper }, 'mean', 720);
  expect(all('[aria-label=area]')).toEqual([]);
  expect(texts.join(' ')).toMatch(/shrunk and dependent on the number of votes/);
  expect(texts.join(' ')).not.toContain('95 %');
});

test('gains at each step: a line a series, none where a gain is not known', () => {
  const series = ['scratch', 'pretrained', 'unmet'].map((name, i) => ({
    series: name,
    arm: `${name} 1000`,
    gain: i === 2 ? null : 30 * i,
    low: i === 1 ? 20 : null,
    high: i === 1 ? 40 : null,
    isLowest: i === 0,
    provisional: false,
  }));
  const steps = [1000, 2000].map((step) => ({ step, votes: 100, series, warnings: [] }));
  const report: AxisReport = {
    ...axis,
    curves: [],
    steps: [{ question: null, wording: 'All questions', steps }],
  };
  const { texts } = draw({ figure: 'steps', axis: report }, 'mean', 720);
  expect(texts).toEqual(expect.arrayContaining(['1 k', '2 k', 'scratch', 'pretrained']));
});

const part: AnalysisReport['parts'][number] = {
  question: null,
  wording: 'All questions',
  votes: 1152,
  promptCount: 2,
  prompts: [
    {
      prompt: 7,
      changes: [
        { arm: 'drop 29', elo: -9 },
        { arm: 'drop 50', elo: 2 },
      ],
    },
    {
      prompt: 8,
      changes: [
        { arm: 'drop 29', elo: 3 },
        { arm: 'drop 50', elo: 2 },
      ],
    },
  ].map((effect) => ({
    ...effect,
    votes: 18,
    preferred: null,
    arms: [],
    drive: 9,
    topChanges: false,
  })),
  tags: [],
  leaveOneRaterOut: {
    count: 9,
    arms: [{ arm: 'all', elo: 1000, low: 995, high: 1004 }],
    topChanges: 0,
    influential: [],
  },
  leaveOnePromptOut: null,
  agreement: null,
  noiseFloor: null,
  headToHead: null,
  steps: [],
  metrics: [
    {
      metric: 'aesthetics',
      votes: 100,
      ties: 10,
      decided: 90,
      agreement: { share: 0.6, low: 0.5, high: 0.7 },
      spearman: null,
      kendall: null,
      arms: [],
      calibration: [
        { share: 0.6, low: 0.5, high: 0.7, from: 0, to: 2, mean: 1, votes: 45 },
        { share: null, low: null, high: null, from: 2, to: 4, mean: 3, votes: 0 },
      ],
      misleads: [],
    },
  ],
};
const analysis: AnalysisReport = {
  study,
  reference: 'all',
  snapshot,
  exclusions: { ranked: 1152, reasons: [], share: 0, alarm: null },
  prompts: [
    { id: 7, key: 'dog', text: 'A dog runs', tags: ['animals'], motion: 'fast' },
    { id: 8, key: 'cat', text: '', tags: [], motion: null },
  ],
  parts: [part],
  isComplete: true,
  isStale: false,
};

test('prompts that drive it: of the arm that they move most, with motion and tags', () => {
  expect(mostMoved(part)).toBe('drop 29');
  const { texts } = draw({ figure: 'prompts', analysis }, 'mean', 720);
  expect(texts).toEqual(
    expect.arrayContaining(['A dog runs', 'fast, animals', 'cat', '−9', '+3', 'no change']),
  );
  expect(texts.join(' ')).toContain('Change of drop 29 against all in Elo');
});

test('two arms: prompts move the win share, never Elo', () => {
  const shares = (share: number) => [{ arm: 'drop 29', share, low: null, high: null, votes: 10 }];
  const two: AnalysisReport['parts'][number] = {
    ...part,
    votes: 100,
    headToHead: { arm: 'drop 29', against: 'all', share: 0.6, low: 0.5, high: 0.7 },
    prompts: part.prompts.map((effect, i) => ({ ...effect, arms: shares(i === 0 ? 0.6 : 0.15) })),
  };
  const { texts } = draw(
    { figure: 'prompts', analysis: { ...analysis, parts: [two] } },
    'mean',
    720,
  );
  // (100 x 0.6 - 10 x 0.15) / 90 - 0.6 = 0.05
  expect(texts).toEqual(expect.arrayContaining(['0', '+5']));
  expect(texts.join(' ')).not.toContain('Elo');
});

test('sensitivity and metric', () => {
  const ranges = draw({ figure: 'sensitivity', analysis }, 'mean', 340);
  expect(ranges.texts).toContain('leaving one rater out');
  expect(ranges.texts).not.toContain('leaving one prompt out');
  const metric = draw({ figure: 'metric', analysis, metric: 'aesthetics' }, 'mean', 340);
  expect(metric.all('[aria-label=dot] circle')).toHaveLength(1);
});

test('all axes side by side, without those of two arms', () => {
  const one = {
    ...axis,
    ...study,
    title: 'Motion',
    votes: 1152,
    decision: null,
  };
  const { axis: levels } = study;
  const project: ProjectReport = {
    axes: [
      { ...one, axis: levels },
      { ...one, axis: levels, title: 'Two arms', isTwoArms: true },
    ],
  };
  const { texts, all } = draw({ figure: 'axes', project }, 'mean', 960);
  expect(all('svg')).toHaveLength(1);
  expect(texts).toContain('Motion');
  expect(texts).not.toContain('Two arms');
});

test('before the first vote every figure still says so', () => {
  const empty: AxisReport = { ...axis, snapshot: null, curves: [] };
  const sources: FigureSource[] = [
    { figure: 'differences', axis: empty },
    { figure: 'steps', axis: empty },
    { figure: 'prompts', analysis: { ...analysis, parts: [] } },
    { figure: 'sensitivity', analysis: { ...analysis, parts: [] } },
    { figure: 'metric', analysis: { ...analysis, parts: [] } },
    { figure: 'axes', project: { axes: [] } },
  ];
  for (const source of sources) draw(source, 'mean', 320);
});
