import { expect, test } from 'vitest';
import { voteGate } from './vote-gate.ts';

const playing = { state: 'playing', hasStarted: true, isSeen: false, secondsToSeen: 2 } as const;

test('opens once every clip was shown whole', () => {
  expect(voteGate(playing, true)).toEqual({ isOpen: false, reason: 'watch', seconds: 2 });
  expect(voteGate({ ...playing, isSeen: true, secondsToSeen: 0 }, true)).toEqual({ isOpen: true });
});

test('a study may let raters vote as soon as the clips play', () => {
  expect(voteGate(playing, false)).toEqual({ isOpen: true });
  expect(voteGate({ ...playing, state: 'ready', hasStarted: false }, false).isOpen).toBe(false);
});

test('says what it waits for', () => {
  expect(voteGate(null, true)).toMatchObject({ reason: 'waitPlaying' });
  expect(voteGate({ ...playing, state: 'blocked', hasStarted: false }, true)).toMatchObject({
    reason: 'pressPlay',
  });
  const failed = {
    state: 'failed',
    hasStarted: false,
    isSeen: false,
    secondsToSeen: 0,
    isRefused: true,
  } as const;
  expect(voteGate(failed, false)).toMatchObject({ reason: 'failed' });
});
