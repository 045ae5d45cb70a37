import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { ADMIN, asAdmin } from './people.ts';
import { RatingPage } from './rating-page.ts';

const ARMS = ['removed-0', 'removed-25', 'removed-50'];
const PROMPTS = ['cat', 'dog'];
/** Three pairs of arms on two prompts. */
const PAIRS = 6;

/** A folder with one folder an arm and equal file names, each file of its own bytes. */
function writeRuns(folder: string): void {
  for (const arm of ARMS) {
    mkdirSync(join(folder, arm), { recursive: true });
    for (const prompt of PROMPTS)
      makeTestVideo(join(folder, arm, `${prompt}.mp4`), {
        width: 192,
        height: 128,
        fps: 24,
        frames: 12,
        metadata: { comment: `${arm} ${prompt}` },
      });
  }
  writeFileSync(join(folder, 'prompts.csv'), 'key,text\ncat,A cat runs\ndog,A dog sleeps\n');
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(ADMIN.email);
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
}

test('from a folder of videos to a report and its files', async ({ page, browser }, info) => {
  test.setTimeout(180_000);
  // The admin is made by the printed link where no other test did it before.
  await (await asAdmin()).dispose();
  const folder = info.outputPath('runs');
  writeRuns(folder);
  await signIn(page);

  await test.step('a project', async () => {
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Motion filter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Create/ })
      .click();
    await expect(page).toHaveURL(/\/projects\/motion-filter$/);
  });

  await test.step('the videos', async () => {
    await page.goto('/projects/motion-filter/imports/new');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await (await chooser).setFiles(folder);
    await page.getByRole('button', { name: /^Upload \d+ files$/ }).click();
    await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('3 models', { exact: false }).first()).toBeVisible();
  });

  await test.step('the study', async () => {
    await page.getByRole('link', { name: 'Make a study' }).click();
    await page.getByLabel('Title').fill('How much motion filtering?');
    await page.getByRole('button', { name: /^Create/ }).click();
    await expect(page.getByRole('heading', { name: 'How much motion filtering?' })).toBeVisible();
    // What a folder can't tell about its models has to be accepted with a reason.
    await page.getByRole('button', { name: /^Accept all/ }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('One recipe; see the lab book');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Accept/ })
      .click();
    const open = page.getByRole('button', { name: /^Open/ });
    await expect(open).toBeEnabled({ timeout: 60_000 });
    await open.click();
    await page.getByRole('dialog').getByRole('button', { name: /^Open/ }).click();
    await expect(page.getByText('Running', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Is it enough?' })).toBeVisible();
  });

  const ratersLink = await page
    .getByRole('link', { name: /\/rate\// })
    .first()
    .getAttribute('href');

  await test.step('a rater who knows only the link', async () => {
    const context = await browser.newContext();
    const rater = new RatingPage(await context.newPage());
    await rater.begin(ratersLink ?? '');
    for (let done = 0; done < PAIRS; done++) {
      await rater.untilVotable(done);
      await rater.page.keyboard.press(done % 2 === 0 ? 'ArrowLeft' : 'ArrowDown');
    }
    await expect(rater.page.getByRole('heading', { name: /Thank you/ })).toBeVisible();
    await context.close();
  });

  await test.step('the report and its files', async () => {
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Leaderboard' })).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('svg text', { hasText: 'Removed by' }).first()).toBeVisible();
    for (const arm of ARMS)
      await expect(page.getByRole('cell', { name: arm, exact: false }).first()).toBeVisible();
    await expect(page.getByText('One recipe; see the lab book').first()).toBeVisible();
    const votes = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV of Votes that count' }).click();
    const rows = parse(await readFile(await (await votes).path(), 'utf8'), { columns: true });
    expect(rows).toHaveLength(PAIRS);
    const figure = page.waitForEvent('download');
    await page.getByRole('link', { name: 'PNG of Ratings over the axis' }).click();
    expect((await figure).suggestedFilename()).toMatch(/\.png$/);
  });

  await test.step('each comparison', async () => {
    await page.getByRole('link', { name: 'Comparisons', exact: true }).click();
    await expect(page.getByText('6 comparisons')).toBeVisible();
    await page.getByRole('button', { name: 'Show each vote' }).first().click();
    await expect(page.getByRole('table', { name: 'Votes on this comparison' })).toBeVisible();
  });

  await test.step('a rater is excluded and included again', async () => {
    await page.getByRole('link', { name: 'Raters', exact: true }).click();
    const name = page.getByRole('table', { name: 'Raters of the study' }).getByText(/^r-/);
    await expect(name).toBeVisible({ timeout: 30_000 });
    await name.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Careless or honest?')).toBeVisible();
    await dialog.getByRole('button', { name: 'Exclude…' }).click();
    await dialog.getByLabel('Reason').fill('Pressed keys in turn');
    await dialog.getByRole('button', { name: 'Exclude', exact: true }).click();
    await expect(page.getByText('excluded', { exact: true })).toBeVisible();
    await name.click();
    await expect(dialog.getByText('Pressed keys in turn')).toBeVisible();
    await dialog.getByRole('button', { name: 'Include again…' }).click();
    await dialog.getByLabel('Reason').fill('It was a test');
    await dialog.getByRole('button', { name: 'Include again', exact: true }).click();
    await expect(page.getByText('excluded', { exact: true })).toBeHidden();
  });
});
