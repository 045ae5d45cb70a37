import type { Page } from '@playwright/test';

/** A frame that the browser presented: whose, when (page milliseconds) and of what clip time. */
export interface SeenFrame {
  readonly video: number;
  readonly side: 0 | 1;
  readonly isOnScreen: boolean;
  readonly shownMs: number;
  readonly mediaSeconds: number;
}

interface Recorder {
  frames: SeenFrame[];
  presses: { atMs: number; onScreen: number[] }[];
}
type Recording = Window & { recorder?: Recorder };

/** Notes every presented frame of every video, and every key press, from the next page load on. */
export async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recorder: Recorder = { frames: [], presses: [] };
    (window as Recording).recorder = recorder;
    const numbers = new Map<HTMLVideoElement, number>();
    const isOnScreen = (video: HTMLVideoElement) => video.closest('[inert]') === null;
    const watch = (video: HTMLVideoElement) => {
      if (numbers.has(video)) return;
      const number = numbers.size;
      numbers.set(video, number);
      const next: VideoFrameRequestCallback = (_now, frame) => {
        const figure = video.closest('figure');
        recorder.frames.push({
          video: number,
          side: figure?.parentElement?.querySelector('figure') === figure ? 0 : 1,
          isOnScreen: isOnScreen(video),
          shownMs: frame.expectedDisplayTime,
          mediaSeconds: frame.mediaTime,
        });
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    };
    new MutationObserver(() => {
      for (const video of document.querySelectorAll('video')) watch(video);
    }).observe(document, { subtree: true, childList: true });
    addEventListener(
      'keydown',
      () => {
        const shown = [...numbers].filter(([video]) => video.isConnected && isOnScreen(video));
        recorder.presses.push({
          atMs: performance.now(),
          onScreen: shown.map(([, number]) => number),
        });
      },
      true,
    );
  });
}

/**
 * Presses a key that votes, and measures how long it takes until both videos of the next pair have
 * shown a frame. Milliseconds.
 */
export async function pressAndTime(page: Page, key: string): Promise<number> {
  await page.keyboard.press(key);
  const measured = await page.waitForFunction(() => {
    const recorder = (window as Recording).recorder;
    const press = recorder?.presses.at(-1);
    if (!recorder || !press) return null;
    const firsts = [0, 1].map((side) =>
      recorder.frames.find(
        (frame) =>
          frame.side === side &&
          frame.isOnScreen &&
          frame.shownMs > press.atMs &&
          !press.onScreen.includes(frame.video),
      ),
    );
    const times = firsts.flatMap((frame) => (frame ? [frame.shownMs - press.atMs] : []));
    return times.length === 2 ? Math.max(...times) : null;
  });
  return Number(await measured.jsonValue());
}

/** What was presented of the pair on screen since the last call. */
export async function takeFrames(page: Page): Promise<SeenFrame[]> {
  return await page.evaluate(() => {
    const recorder = (window as Recording).recorder;
    const frames = recorder?.frames.filter((frame) => frame.isOnScreen) ?? [];
    if (recorder) recorder.frames = [];
    return frames;
  });
}

export interface Offsets {
  /** Times that the left video started again. */
  readonly loops: number;
  /** Frames apart at each moment at which a frame came up, sorted. */
  readonly framesApart: readonly number[];
}

/**
 * How far apart two looping clips are, in frames, whenever a frame comes up: what a rater sees, the
 * frames on screen at one moment. Around the restart the shorter way round counts.
 *
 * @param frameCount of each clip
 */
export function offsetsOf(frames: readonly SeenFrame[], fps: number, frameCount: number): Offsets {
  const sorted = [...frames].sort((a, b) => a.shownMs - b.shownMs);
  const shown: [number | null, number | null] = [null, null];
  const framesApart: number[] = [];
  let loops = 0;
  sorted.forEach((frame, position) => {
    const index = Math.round(frame.mediaSeconds * fps);
    const before = shown[frame.side];
    if (frame.side === 0 && before !== null && index < before) loops += 1;
    shown[frame.side] = index;
    // Frames of one refresh come up together.
    if (sorted[position + 1]?.shownMs === frame.shownMs) return;
    const [left, right] = shown;
    if (left === null || right === null) return;
    const apart = Math.abs(left - right);
    framesApart.push(Math.min(apart, frameCount - apart));
  });
  return { loops, framesApart: framesApart.sort((a, b) => a - b) };
}

/** The value that this share of the sorted values does not exceed (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
