import { expect, type Page, test } from '@playwright/test';
import { RatingPage } from './rating-page.ts';
import { openStudyToRate, type StudyToRate } from './study-to-rate.ts';
import { offsetsOf, percentile, recordFrames, takeFrames } from './video-frames.ts';

const opened: StudyToRate[] = [];
async function study(...args: Parameters<typeof openStudyToRate>): Promise<StudyToRate> {
  const made = await openStudyToRate(...args);
  opened.push(made);
  return made;
}
test.afterAll(() => Promise.all(opened.map((each) => each.close())));

test('ten pairs by keyboard alone, then the code', async ({ page }) => {
  const { path, votes } = await study({ session: { pairs: 10, minutes: 3 } });
  const rating = new RatingPage(page);
  await rating.open(path);
  await expect(page.getByText('10 pairs, about 3 minutes')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(rating.start).toBeFocused();
  await page.keyboard.press('Enter');
  const keys = ['ArrowLeft', '1', 'ArrowRight', '2', 'ArrowDown', '0', '1', '2', '0', 'ArrowLeft'];
  for (const [done, key] of keys.entries()) {
    await rating.untilVotable(done);
    await page.keyboard.press(key);
  }
  await expect(page.getByRole('heading', { name: 'Thank you!' })).toBeVisible();
  await expect(rating.code()).not.toBeEmpty();
  const cast = await votes();
  expect(cast.map(({ outcome }) => outcome)).toEqual([
    'left',
    'left',
    'right',
    'right',
    'tie',
    'tie',
    'left',
    'right',
    'tie',
    'left',
  ]);
  for (const vote of cast) {
    expect(vote.marks).not.toContain('unwatched');
    expect(Math.min(vote.playsLeft ?? 0, vote.playsRight ?? 0)).toBeGreaterThanOrEqual(1);
    expect(Math.min(vote.watchedLeft ?? 0, vote.watchedRight ?? 0)).toBeGreaterThan(0.9);
  }
});

test('before both videos were seen a press does nothing but say why', async ({ page }) => {
  const { path, votes } = await study({}, { frames: 72 });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await expect(rating.left).toBeDisabled();
  await expect(page.getByText(/^Watch both videos once: [123] s$/).first()).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('status').first()).toContainText('Watch both videos once');
  await expect(rating.progress).toHaveAttribute('aria-valuenow', '0');
  expect(await votes()).toEqual([]);
});

const seekToTheEnd = async (rating: RatingPage) => {
  await expect(rating.videos()).toHaveCount(2);
  await rating.videos().evaluateAll(async (videos) => {
    for (const video of videos as HTMLVideoElement[]) {
      while (video.paused) await new Promise((resolve) => requestAnimationFrame(resolve));
      video.currentTime = video.duration - 0.1;
    }
  });
};

test('V9 seeking is not watching: the vote stays shut', async ({ page }) => {
  const { path, votes } = await study({}, { frames: 72 });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await seekToTheEnd(rating);
  // The clips came to their ends and began again.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => video.currentTime < 1),
  );
  await expect(rating.left).toBeDisabled();
  await page.keyboard.press('1');
  expect(await votes()).toEqual([]);
});

test('V9 where a study lets them vote at once, a vote after a seek and 0.5 s is marked', async ({
  page,
}) => {
  const { path, votes } = await study(
    // Far above the half second, so that a slow machine still votes in time.
    { requireFullPlay: false, tooFastSeconds: 5 },
    { frames: 240 },
  );
  const rating = new RatingPage(page);
  await rating.begin(path);
  await expect(rating.left).toBeEnabled();
  await seekToTheEnd(rating);
  await page.keyboard.press('1');
  await rating.untilVotable(1);
  const [vote] = await votes();
  expect(vote?.marks).toContain('too_fast');
  expect(vote).toMatchObject({ playsLeft: 0, playsRight: 0 });
  expect(vote?.watchedLeft).toBeLessThan(0.5);
});

test('undo: the same pair again, once; then another answer counts', async ({ page }) => {
  const { path, votes } = await study();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  const prompt = await page.getByTestId('prompt').textContent();
  await expect(rating.undo).toBeDisabled();
  await page.keyboard.press('ArrowLeft');
  await expect(rating.progress).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('u');
  await expect(page.getByText('Vote taken back. Here is the pair again.').first()).toBeVisible();
  await expect(page.getByTestId('prompt')).toHaveText(prompt ?? '');
  await expect(rating.undo).toBeDisabled();
  await rating.untilVotable(0);
  await page.keyboard.press('ArrowRight');
  await rating.untilVotable(1);
  expect((await votes()).map((vote) => [vote.outcome, vote.isRetracted])).toEqual([
    ['left', true],
    ['right', false],
  ]);
});

test('without a connection votes are kept and sent later, each once', async ({ page, context }) => {
  const { path, votes } = await study();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await context.setOffline(true);
  await page.keyboard.press('1');
  await expect(page.getByText('Saved on this device, sending…').first()).toBeVisible();
  // The next pair was there already.
  await rating.untilVotable(1);
  await page.keyboard.press('2');
  await expect(page.getByText('2 votes saved on this device, sending…').first()).toBeVisible();
  expect(await votes()).toEqual([]);
  await context.setOffline(false);
  await rating.untilVotable(2);
  expect((await votes()).map(({ outcome }) => outcome)).toEqual(['left', 'right']);
});

test('a reload finds the same pair, and a vote whose answer was lost is not cast twice', async ({
  page,
}) => {
  const { path, votes } = await study();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await page.keyboard.press('1');
  await rating.untilVotable(1);
  const prompt = await page.getByTestId('prompt').textContent();
  await page.reload();
  await expect(page.getByTestId('prompt')).toHaveText(prompt ?? '');
  await rating.untilVotable(1);
  await page.route(
    '**/votes',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await page.keyboard.press('2');
  await expect(page.getByText('Saved on this device, sending…').first()).toBeVisible();
  await page.reload();
  await rating.untilVotable(2);
  expect((await votes()).map(({ outcome }) => outcome)).toEqual(['left', 'right']);
});

test('a broken video is reported: another pair, no vote', async ({ page }) => {
  const { path, votes, reports } = await study();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  const first = await rating.videos().first().getAttribute('src');
  await page.getByRole('button', { name: 'Report a broken video' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report a broken video' });
  await dialog.getByRole('radio', { name: 'Right' }).check();
  await dialog.getByRole('textbox').fill('It is green. 1 2 0');
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(page.getByText('Thank you. Here is another pair.').first()).toBeVisible();
  await expect(rating.videos().first()).not.toHaveAttribute('src', first ?? '');
  await rating.untilVotable(0);
  expect(await votes()).toEqual([]);
  expect(await reports()).toBe(1);
});

test('a video that does not load is tried again, and says so', async ({ page }) => {
  const { path } = await study();
  const rating = new RatingPage(page);
  let asked = 0;
  await page.route('**/api/media/**', (route) => {
    asked += 1;
    return route.abort('connectionfailed');
  });
  await rating.begin(path);
  await expect(page.getByText('The video did not load.').first()).toBeVisible();
  // Both clips of both pairs, each twice.
  await expect.poll(() => asked).toBe(8);
  await expect(rating.left).toBeDisabled();
  await page.unroute('**/api/media/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await rating.untilVotable(0);
});

test('all questions in turn, and the question says which', async ({ page }) => {
  const { path, votes } = await study({ questionMode: 'all', allowTies: false });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await expect(rating.tie).toHaveCount(0);
  await expect(page.getByText('Question 1 of 2')).toBeVisible();
  await page.keyboard.press('0');
  await page.keyboard.press('1');
  await expect(page.getByText('Question 2 of 2')).toBeVisible();
  await expect(rating.question).toHaveText('Which video follows the prompt better?');
  await page.keyboard.press('2');
  await rating.untilVotable(1);
  expect((await votes()).map(({ question, outcome }) => [question, outcome])).toEqual([
    [0, 'left'],
    [1, 'right'],
  ]);
});

test('training comes first, says what was expected, and does not count', async ({ page }) => {
  const example = (expected: 'left' | 'right') => ({
    prompt: 'prompt-0',
    left: 'one',
    right: 'two',
    expected,
    explanation: { en: 'It is sharper.' },
  });
  const { path, votes } = await study({
    questions: [
      {
        key: 'quality',
        wording: { en: 'Which video looks better?' },
        examples: [example('left'), example('right')],
      },
    ],
  });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await expect(page.getByText('Example 1 of 2')).toBeVisible();
  await expect(rating.left).toBeEnabled();
  await page.keyboard.press('1');
  await expect(page.getByText('Yes, that is what we would say.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Next example' }).press('Enter');
  await expect(page.getByText('Example 2 of 2')).toBeVisible();
  await expect(rating.left).toBeEnabled();
  await page.keyboard.press('1');
  await expect(page.getByText('We would say: Right.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Begin to rate' }).press('Enter');
  await rating.untilVotable(0);
  expect(await votes()).toEqual([]);
});

test('the two videos stay within a frame of each other over 200 loops (p95)', async ({ page }) => {
  test.setTimeout(240_000);
  const frames = 8;
  const { path } = await study({}, { frames });
  await recordFrames(page);
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await takeFrames(page);
  await page.waitForFunction(
    () => {
      const recorder = (
        window as { recorder?: { frames: { side: number; mediaSeconds: number }[] } }
      ).recorder;
      const starts = recorder?.frames.filter(
        (frame, i, all) => frame.side === 0 && frame.mediaSeconds < (all[i - 1]?.mediaSeconds ?? 0),
      );
      return (starts?.length ?? 0) >= 205;
    },
    undefined,
    { timeout: 200_000, polling: 1000 },
  );
  const { loops, framesApart } = offsetsOf(await takeFrames(page), 24, frames);
  expect(loops).toBeGreaterThanOrEqual(200);
  expect(percentile(framesApart, 0.95)).toBeLessThanOrEqual(1);
});

test('frame by frame: both on the same frame, and space plays again', async ({ page }) => {
  const { path } = await study({}, { frames: 24 });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await page.keyboard.press('.');
  await expect.poll(() => positions(page)).toMatchObject({ arePaused: true, isSeeking: false });
  const before = await positions(page);
  expect(before.frames[0]).toBe(before.frames[1]);
  await page.keyboard.press(before.frames[0] === 0 ? '.' : ',');
  const wanted = (before.frames[0] ?? 0) + (before.frames[0] === 0 ? 1 : -1);
  await expect.poll(async () => (await positions(page)).frames).toEqual([wanted, wanted]);
  await page.keyboard.press('Space');
  await expect.poll(() => positions(page)).toMatchObject({ arePaused: false });
});

async function positions(page: Page) {
  return await new RatingPage(page).videos().evaluateAll((nodes) => {
    const videos = nodes as HTMLVideoElement[];
    return {
      frames: videos.map((video) => Math.floor(video.currentTime * 24)),
      arePaused: videos.every((video) => video.paused),
      isSeeking: videos.some((video) => video.seeking),
    };
  });
}

test('less motion: nothing starts by itself', async ({ browser, baseURL }) => {
  const { path } = await study();
  const context = await browser.newContext({ reducedMotion: 'reduce', baseURL: baseURL ?? '' });
  const page = await context.newPage();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await expect(page.getByText('Press Play first').first()).toBeVisible();
  expect(await positions(page)).toMatchObject({ arePaused: true, frames: [0, 0] });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await rating.untilVotable(0);
  await expect.poll(() => positions(page)).toMatchObject({ arePaused: true });
  await context.close();
});

test('says all that it shows: names, states, language', async ({ page }) => {
  const { path, trialPath } = await study({}, { frames: 48 });
  const rating = new RatingPage(page);
  await page.goto(trialPath);
  await expect(page.getByRole('note')).toHaveText('Trial: votes do not count');
  await rating.begin(path);
  await expect(rating.question).toHaveText(/^Which video/);
  await expect(rating.left).toHaveAccessibleDescription(/Watch both videos once|Wait until/);
  await rating.untilVotable(0);
  await expect(rating.left).toHaveAccessibleDescription('You can vote now');
  await expect(page.getByRole('group', { name: 'Your vote' }).getByRole('button')).toHaveCount(3);
  await expect(page.getByRole('toolbar', { name: 'Playback' }).getByRole('button')).toHaveCount(3);
  await expect(page.locator('video[aria-label="Left"], video[aria-label="Right"]')).toHaveCount(4);
  await page.keyboard.press('1');
  await expect(page.getByRole('status').first()).toContainText('Vote kept: Left');

  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(rating.question).toHaveText(/^哪个视频/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'English' })).toBeVisible();
});

test('a Chinese browser is spoken to in Chinese', async ({ browser, baseURL }) => {
  const { path } = await study();
  const context = await browser.newContext({ locale: 'zh-CN', baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.getByRole('button', { name: '开始' })).toBeVisible();
  await context.close();
});

test('pause, and stop: the pair is kept, then given back', async ({ page }) => {
  const { path } = await study();
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog', { name: 'Paused' })).toBeVisible();
  await expect.poll(() => positions(page)).toMatchObject({ arePaused: true });
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await rating.untilVotable(0);
  await expect.poll(() => positions(page)).toMatchObject({ arePaused: false });
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByRole('heading', { name: /Goodbye/ })).toBeVisible();
  await page.getByRole('button', { name: 'Go on rating' }).click();
  await rating.untilVotable(0);
});

test('a wrong link says so', async ({ page }) => {
  await page.goto('/rate/there-is-no-such-study');
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
});

test('at the end: the last vote can be taken back, and another session begun', async ({ page }) => {
  const { path, votes } = await study({ session: { pairs: 1, minutes: 1 } });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Take my last vote back' }).click();
  await rating.untilVotable(0);
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Rate 1 more' }).click();
  await rating.untilVotable(0);
  expect((await votes()).map((vote) => [vote.outcome, vote.isRetracted])).toEqual([
    ['left', true],
    ['right', false],
  ]);
});

test('at the end: back to where the rater came from, said beforehand', async ({ page }) => {
  const { path } = await study({
    session: { pairs: 1, minutes: 1 },
    completion: { redirectUrl: 'https://panel.example/done?c=1' },
  });
  const rating = new RatingPage(page);
  await rating.begin(path);
  await rating.untilVotable(0);
  await page.keyboard.press('1');
  await expect(
    page.getByText(/^You will be taken to panel\.example in \d+ seconds\.$/),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go now' })).toHaveAttribute(
    'href',
    'https://panel.example/done?c=1',
  );
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(page.getByText('Go on to panel.example when you are ready.')).toBeVisible();
});
