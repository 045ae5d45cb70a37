import { expect, test } from '@playwright/test';
import { openDatabase } from '#lib/platform/database/client.ts';
import { connectionUrl, readConnection } from '#lib/platform/database/embedded/connection.ts';
import { logger } from '#lib/platform/log.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { fillWithVotes } from '#tests/factories/fill-with-votes.ts';
import { makeStudy } from '#tests/factories/study.ts';
import { asAdmin } from './people.ts';

const TITLE = 'The motion filter';

/** A running study of removed fractions with votes that are ranked. */
async function openAxisStudy() {
  const connection = readConnection(process.env.WINNOW_E2E_DATA_DIR ?? '');
  if (!connection) throw new Error('The server of this run keeps no database in its data folder.');
  const database = openDatabase(connectionUrl(connection), 2);
  try {
    const study = await makeStudy(
      { database },
      {
        prompts: 16,
        spec: {
          title: TITLE,
          axis: { kind: 'removed-fraction', name: 'motion' },
          arms: [
            { name: 'all clips', level: 0, clips: 8000 },
            { name: 'drop 25', level: 0.25, clips: 6000 },
            { name: 'drop 50', level: 0.5, clips: 4000 },
            { name: 'random 25', level: 0.25, clips: 6000, isControl: true },
          ],
        },
      },
    );
    await fillWithVotes(database, study.id, 600);
    await rankStudy({ database, log: logger('test') }, study.id);
    const { id } = await database.snapshot.findFirstOrThrow({ where: { studyId: study.id } });
    return { ...study, snapshot: id };
  } finally {
    await database.$disconnect();
  }
}

test('the report of an axis: words, curve, tables, the method switch, frozen', async ({ page }) => {
  const admin = await asAdmin();
  await page.context().addCookies((await admin.storageState()).cookies);
  await admin.dispose();
  const study = await openAxisStudy();
  const path = `/projects/${study.project}/studies/${study.slug}/report`;
  await page.goto(path);

  await expect(page.getByRole('heading', { name: 'In short' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Decision' })).toBeVisible();
  const curve = page.locator('#curve').getByRole('img', { name: TITLE });
  await expect(curve).toBeVisible({ timeout: 30_000 });
  await expect(curve.getByText('Clips kept')).toBeVisible();
  const arms = page.getByRole('table', { name: 'Arms on the axis' });
  await expect(arms.getByRole('row')).toHaveCount(5);
  await expect(arms.getByRole('row', { name: /random 25/ })).toContainText('random drop');
  const contrasts = page.getByRole('table', { name: 'Contrasts along the axis' });
  await expect(contrasts.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('heading', { name: 'Which prompts drive it' })).toBeVisible();
  await page.locator('#wins').getByText('Show as a table').click();
  await expect(page.getByRole('table', { name: 'Votes of each pair of arms' })).toBeVisible();

  // By the keyboard: the control itself is hidden under its label.
  await page.getByRole('radio', { name: "Paper's Elo" }).press('Space');
  const warnings = page.getByRole('complementary', { name: "About Paper's Elo" }).first();
  await expect(warnings).toContainText('shrunk towards 1000 and depends on the number of votes');
  await expect(warnings).toContainText('not a confidence interval');
  await expect(contrasts).toBeHidden();

  await page.goto(`${path}?snapshot=${study.snapshot}`);
  await expect(page.getByText(/Frozen report of/)).toBeVisible({ timeout: 30_000 });

  await page.goto(`/projects/${study.project}/reports`);
  await expect(page.getByRole('img', { name: 'All axes' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('article').getByRole('link', { name: TITLE }).click();
  await expect(page.getByRole('heading', { name: 'In short' })).toBeVisible({ timeout: 30_000 });
});
