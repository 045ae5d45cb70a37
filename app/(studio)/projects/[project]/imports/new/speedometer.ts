const WINDOW_MS = 8_000;
const SHORTEST_MS = 500;

export interface Speedometer {
  /** Something has left at this time (milliseconds). */
  add(now: number, bytes: number): void;
  /** Bytes a second over the last few seconds; 0 until there is enough to judge by. */
  read(now: number): number;
}

/** Measures a speed over a sliding window, so that a stall shows and a burst does not mislead. */
export function speedometer(): Speedometer {
  const samples: { at: number; bytes: number }[] = [];
  let first: number | undefined;
  return {
    add(now, bytes) {
      first ??= now;
      const last = samples.at(-1);
      // A page gets many events a second; a tenth of one is fine enough.
      if (last && now - last.at < 100) last.bytes += bytes;
      else samples.push({ at: now, bytes });
    },
    read(now) {
      while (samples[0] && now - samples[0].at > WINDOW_MS) samples.shift();
      if (first === undefined) return 0;
      const spanMs = Math.min(WINDOW_MS, now - first);
      if (spanMs < SHORTEST_MS) return 0;
      return (samples.reduce((sum, sample) => sum + sample.bytes, 0) * 1000) / spanMs;
    },
  };
}
