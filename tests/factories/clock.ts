import type { Clock } from '#lib/core/clock.ts';

/** A clock that stands until it is moved. */
export interface TestClock extends Clock {
  /** Moves it on, in seconds. */
  pass(seconds: number): void;
}

export function makeClock(start = '2026-03-01T09:00:00.000Z'): TestClock {
  let time = new Date(start).getTime();
  return {
    now: () => new Date(time),
    pass(seconds) {
      time += seconds * 1000;
    },
  };
}
