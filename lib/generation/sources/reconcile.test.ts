import { expect, test } from 'vitest';
import type { PlannedVideo } from './plan-videos.ts';
import { type KnownVideo, reconcile } from './reconcile.ts';

const planned = (path: string, change: Partial<PlannedVideo> = {}): PlannedVideo => ({
  path,
  model: 'm',
  prompt: path,
  promptText: null,
  seed: 0,
  refusal: null,
  ...change,
});
const known = (path: string, change: Partial<KnownVideo> = {}): KnownVideo => ({
  id: 1,
  path,
  model: 'm',
  prompt: path,
  promptText: null,
  seed: 0,
  state: 'accepted',
  reason: null,
  hash: 'h',
  ...change,
});
const steps = (now: PlannedVideo[], before: KnownVideo[] = []) => [
  ...reconcile(now, new Map(before.map((video) => [video.path, video]))),
];

test('a new file is added', () => {
  expect(steps([planned('x')])).toEqual([{ kind: 'add', video: planned('x') }]);
});

test('the second file for one model, prompt and seed is refused by name', () => {
  const [, second] = steps([planned('x.mp4', { prompt: 'x' }), planned('x.webm', { prompt: 'x' })]);
  expect(second).toMatchObject({
    kind: 'add',
    video: { refusal: 'It has the same model, prompt and seed as x.mp4.' },
  });
});

test('an imported file keeps its place before a new one that sorts earlier', () => {
  const before = known('x.webm', { prompt: 'x' });
  const [first] = steps(
    [planned('x.mp4', { prompt: 'x' }), planned('x.webm', { prompt: 'x' })],
    [before],
  );
  expect(first).toMatchObject({
    kind: 'add',
    video: { refusal: expect.stringContaining('x.webm') },
  });
});

test('an imported file is compared, and a change of it is told', () => {
  expect(steps([planned('x')], [known('x')])).toEqual([
    {
      kind: 'compare',
      path: 'x',
      hash: 'h',
      changed: { kind: 'notice', text: expect.stringContaining('x has changed') },
    },
  ]);
});

test('an imported file that now stands for another prompt is left as it was', () => {
  expect(steps([planned('x', { seed: 4 })], [known('x')])).toEqual([
    { kind: 'notice', text: expect.stringContaining('another model, prompt or seed') },
  ]);
});

test('a refused file is tried again only when its bytes have changed', () => {
  const before = known('x', { state: 'refused', reason: 'It is broken.' });
  expect(steps([planned('x')], [before])).toMatchObject([
    { kind: 'compare', changed: { kind: 'wait' } },
  ]);
});

test('a file that was refused unread is tried again', () => {
  const before = known('x', { state: 'refused', reason: 'Nothing is there.', hash: null });
  expect(steps([planned('x')], [before])).toMatchObject([{ kind: 'wait', id: 1 }]);
});

test('the same refusal changes nothing', () => {
  const before = known('x', { state: 'refused', reason: 'No.', hash: null });
  expect(steps([planned('x', { refusal: 'No.' })], [before])).toEqual([{ kind: 'nothing' }]);
});

test('a text that came later is added, and a file that went away is told', () => {
  expect(steps([planned('x', { promptText: 'X' })], [known('x'), known('y', { id: 2 })])).toEqual([
    { kind: 'retext', id: 1, promptText: 'X' },
    {
      kind: 'notice',
      text: expect.stringContaining('1 imported file is no longer in the source, such as y'),
    },
  ]);
});
