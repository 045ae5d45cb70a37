import { pairClock } from './pair-clock.ts';
import { type WatchCoverage, watchCoverage } from './watch-coverage.ts';
import { watchFrames } from './watch-frames.ts';

/** What was shown of the clips, for the vote. Lists have one entry a clip, left first. */
export interface PairMeasures {
  /** Milliseconds since all clips were playing, less the time in which the rater was away. */
  sinceStartMs: number;
  plays: readonly number[];
  watched: readonly number[];
}

export interface PairStatus {
  /** `blocked`: the browser or the rater's settings want a press first. `still`: stepped or at its end. */
  state: 'loading' | 'ready' | 'playing' | 'still' | 'blocked';
  /** All clips were playing at some time. */
  hasStarted: boolean;
  /** Every clip was shown whole at least once. */
  isSeen: boolean;
  /** Whole seconds until then, if it goes on playing. */
  secondsToSeen: number;
}

export interface PairSync {
  /** Plays from where it stands, all clips at once, as soon as all are buffered. */
  play(): void;
  replay(): void;
  /** Stops and goes that many frames on (negative: back), all clips on the same frame. */
  step(frames: number): void;
  /** Stops without counting the time; `play` goes on. */
  suspend(): void;
  status(): PairStatus;
  measures(): PairMeasures;
  dispose(): void;
}

const BUFFERED = 4; // HTMLMediaElement.HAVE_ENOUGH_DATA

/**
 * Drives one or two videos as one: they start together once all are buffered, are kept within a
 * frame of each other by small changes of speed, loop together, and what was really shown is counted.
 *
 * @param onChange called when the status may have changed
 */
export function pairSync(
  videos: readonly HTMLVideoElement[],
  options: { fps: number; isLooping: boolean; onChange: () => void },
): PairSync {
  const { fps, onChange } = options;
  const clock = pairClock(fps);
  const coverages: (WatchCoverage | null)[] = videos.map(() => null);
  const cleanUps: (() => void)[] = [];
  const ended = new Set<number>();
  const moving = new Set<number>();
  let wantsPlay = false;
  let state: PairStatus['state'] = 'loading';
  let stepTarget: number | null = null;
  /** Raised by whatever overtakes a start under way. */
  let turn = 0;
  let activeMs = 0;
  let activeSince: number | null = null;

  const durationSeconds = () => Math.min(...videos.map((video) => video.duration));
  const setState = (next: PairStatus['state']) => {
    state = next;
    onChange();
  };
  const stopClock = () => {
    if (activeSince !== null) activeMs += performance.now() - activeSince;
    activeSince = null;
  };
  const pauseAll = () => {
    turn += 1;
    for (const video of videos) video.pause();
  };

  const whenAll = (event: string, isDone: (video: HTMLVideoElement) => boolean) =>
    Promise.all(
      videos.map((video) =>
        isDone(video)
          ? undefined
          : new Promise<void>((resolve) => {
              const check = () => {
                if (!isDone(video)) return;
                video.removeEventListener(event, check);
                resolve();
              };
              video.addEventListener(event, check);
            }),
      ),
    );

  async function startTogether(fromSeconds: number | null): Promise<void> {
    turn += 1;
    const mine = turn;
    if (fromSeconds !== null) {
      for (const video of videos) {
        video.pause();
        if (video.currentTime !== fromSeconds) video.currentTime = fromSeconds;
      }
      await whenAll('seeked', (video) => !video.seeking);
    }
    await whenAll('canplaythrough', (video) => video.readyState >= BUFFERED);
    if (mine !== turn || !wantsPlay) return;
    ended.clear();
    moving.clear();
    clock.reset();
    const nowMs = performance.now();
    videos.forEach((video, side) => {
      video.playbackRate = 1;
      coverages[side]?.cut(video.currentTime, nowMs);
    });
    try {
      await Promise.all(videos.map((video) => video.play()));
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      if (mine !== turn || !isRefused) return;
      wantsPlay = false;
      pauseAll();
      setState('blocked');
      return;
    }
    if (mine === turn) setState('playing');
  }

  function onFrame(side: number, mediaSeconds: number, shownMs: number, nowMs: number): void {
    if (state !== 'playing' || videos[side]?.paused) return;
    coverages[side]?.frame(mediaSeconds, nowMs);
    moving.add(side);
    if (activeSince === null && moving.size === videos.length) activeSince = nowMs;
    if (videos.length === 2 && (side === 0 || side === 1)) {
      const rates = clock.shown(side, { mediaSeconds, shownMs });
      videos.forEach((video, i) => {
        const rate = rates[i] ?? 1;
        if (video.playbackRate !== rate) video.playbackRate = rate;
      });
    }
    onChange();
  }

  function onEnded(side: number): void {
    coverages[side]?.ended(performance.now());
    ended.add(side);
    onChange();
    if (ended.size < videos.length || !wantsPlay) return;
    if (options.isLooping) void startTogether(0);
    else {
      wantsPlay = false;
      setState('still');
    }
  }

  videos.forEach((video, side) => {
    const on = (event: string, listener: () => void) => {
      video.addEventListener(event, listener);
      cleanUps.push(() => video.removeEventListener(event, listener));
    };
    const learnLength = () => {
      if (Number.isFinite(video.duration)) coverages[side] ??= watchCoverage(video.duration, fps);
    };
    learnLength();
    on('loadedmetadata', learnLength);
    on('canplaythrough', () => {
      if (state === 'loading' && videos.every((each) => each.readyState >= BUFFERED))
        setState('ready');
    });
    on('seeking', () => coverages[side]?.cut(video.currentTime, performance.now()));
    on('ended', () => onEnded(side));
    on('waiting', () => {
      // A starved stream: hold the other one too, and go on together.
      if (state !== 'playing' || !wantsPlay || video.seeking || video.ended) return;
      pauseAll();
      void startTogether(null);
    });
    cleanUps.push(
      watchFrames(video, (mediaSeconds, shownMs, nowMs) =>
        onFrame(side, mediaSeconds, shownMs, nowMs),
      ),
    );
  });

  return {
    play() {
      wantsPlay = true;
      stepTarget = null;
      const isAtEnd = videos.some((video) => video.ended);
      void startTogether(isAtEnd ? 0 : null);
    },
    replay() {
      wantsPlay = true;
      stepTarget = null;
      void startTogether(0);
    },
    step(frames) {
      const first = videos[0];
      if (!first || !Number.isFinite(durationSeconds())) return;
      wantsPlay = false;
      pauseAll();
      const last = Math.max(0, Math.round(durationSeconds() * fps) - 1);
      const here = stepTarget ?? Math.floor(first.currentTime * fps + 0.001);
      stepTarget = Math.min(last, Math.max(0, here + frames));
      // The middle of the frame: its edges belong to either neighbour after rounding.
      for (const video of videos) video.currentTime = (stepTarget + 0.5) / fps;
      setState('still');
    },
    suspend() {
      wantsPlay = false;
      pauseAll();
      stopClock();
      if (state === 'playing') setState('still');
    },
    status() {
      const seen = coverages.map((coverage) => (coverage?.plays() ?? 0) > 0);
      const missing = coverages.map((coverage, side) =>
        seen[side] ? 0 : (coverage?.missingSeconds() ?? 0),
      );
      return {
        state,
        hasStarted: activeSince !== null || activeMs > 0,
        isSeen: seen.every(Boolean),
        secondsToSeen: Math.ceil(Math.max(0, ...missing)),
      };
    },
    measures: () => ({
      sinceStartMs: Math.round(
        activeMs + (activeSince === null ? 0 : performance.now() - activeSince),
      ),
      plays: coverages.map((coverage) => coverage?.plays() ?? 0),
      watched: coverages.map((coverage) => coverage?.watched() ?? 0),
    }),
    dispose() {
      wantsPlay = false;
      pauseAll();
      for (const cleanUp of cleanUps) cleanUp();
    },
  };
}
