import { expect, test } from '@playwright/test';
import { RatingPage } from './rating-page.ts';
import { openStudyToRate } from './study-to-rate.ts';

test('five pairs by touch on an upright phone, all on one screen', async ({ page }) => {
  const { path, votes, close } = await openStudyToRate({ session: { pairs: 5, minutes: 2 } });
  const rating = new RatingPage(page);
  await page.goto(path);
  await rating.start.tap();
  await rating.untilVotable(0);

  const boxes = await Promise.all(
    [rating.videos().nth(0), rating.videos().nth(1), rating.left].map((each) => each.boundingBox()),
  );
  const [upper, lower, button] = boxes;
  expect(upper?.y ?? 0).toBeLessThan(lower?.y ?? 0);
  expect([lower?.width, lower?.height]).toEqual([upper?.width, upper?.height]);
  expect(button?.height ?? 0).toBeGreaterThanOrEqual(44);
  const hasOneScreen = await page.evaluate(
    () =>
      document.documentElement.scrollHeight <= window.innerHeight &&
      document.documentElement.scrollWidth <= window.innerWidth,
  );
  expect(hasOneScreen).toBe(true);

  const taps = [rating.left, rating.right, rating.tie, rating.left, rating.right];
  for (const [done, button] of taps.entries()) {
    await rating.untilVotable(done);
    await button.tap();
  }
  await expect(page.getByRole('heading', { name: 'Thank you!' })).toBeVisible();
  expect((await votes()).map(({ outcome }) => outcome)).toEqual([
    'left',
    'right',
    'tie',
    'left',
    'right',
  ]);
  await close();
});
