import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '#scripts/find-browser.ts';
import { RatingPage } from '#tests/e2e/rating-page.ts';
import { startWinnow } from '#tests/e2e/start-winnow.ts';
import { openStudyToRate } from '#tests/e2e/study-to-rate.ts';
import {
  offsetsOf,
  percentile,
  pressAndTime,
  recordFrames,
  takeFrames,
} from '#tests/e2e/video-frames.ts';

const PRESSES = 40;
const LOOPS = 200;
const FPS = 24;
/** Of each clip: one second. */
const FRAMES = 24;
const POLL_MS = 5_000;

/**
 * What a rater waits for and sees, measured in a real browser on a server of its own: from the key
 * press that votes to the first frame of both next videos, and how far apart the two videos run.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const winnow = await startWinnow(dataDir);
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const study = await openStudyToRate(
      { session: { pairs: PRESSES + 1, minutes: 10 } },
      { frames: FRAMES, prompts: 20, width: 576, height: 320 },
      dataDir,
    );
    const page = await browser.newPage({
      baseURL: winnow.url,
      viewport: { width: 1440, height: 900 },
    });
    await recordFrames(page);
    const rating = new RatingPage(page);
    await rating.begin(study.path);
    const times = await timePresses(page, rating);
    const tell = (share: number) => `${percentile(times, share).toFixed(0).padStart(4)} ms`;
    print(
      `key press to both next videos playing, ${PRESSES} pairs: median ${tell(0.5)}, p95 ${tell(0.95)}, most ${tell(1)}   reach 100 ms`,
    );
    const { loops, framesApart } = await watchLoops(page);
    const shares = [0.5, 0.95, 0.99, 1].map((share) => percentile(framesApart, share));
    print(
      `the two videos apart, ${loops} loops: median ${shares[0]}, p95 ${shares[1]}, p99 ${shares[2]}, most ${shares[3]} frames   reach 1 frame at p95`,
    );
    await study.close();
  } finally {
    await browser.close();
    await winnow.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timePresses(page: Page, rating: RatingPage): Promise<number[]> {
  const times: number[] = [];
  for (let done = 0; done < PRESSES; done++) {
    await rating.untilVotable(done);
    // As a rater would: the pair behind has had its time to load.
    await page.getByTestId('pair-waiting').locator('video').nth(1).waitFor({ state: 'attached' });
    await takeFrames(page);
    times.push(await pressAndTime(page, 'ArrowLeft'));
  }
  return times.sort((a, b) => a - b);
}

async function watchLoops(page: Page) {
  await takeFrames(page);
  const frames: Awaited<ReturnType<typeof takeFrames>> = [];
  for (;;) {
    await page.waitForTimeout(POLL_MS);
    frames.push(...(await takeFrames(page)));
    const offsets = offsetsOf(frames, FPS, FRAMES);
    if (offsets.loops >= LOOPS) return offsets;
  }
}
