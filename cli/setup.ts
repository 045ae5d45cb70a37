import type { Command } from 'commander';
import { ensureFirstAdminLink } from '#lib/accounts/first-admin-link.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { seedDemo } from './seed-demo.ts';
import { withDatabase } from './with-database.ts';

/** `winnow setup`: what a start does once: the demo study, and the link for the first admin. */
export function registerSetup(program: Command): void {
  program
    .command('setup')
    .description("Prepare the demo study and print the first admin's link. Run by every start.")
    .option('--json', 'print the lines as JSON')
    .action(async (flags: { json?: boolean }) => {
      const lines = await withDatabase(setUp);
      process.stdout.write(flags.json ? JSON.stringify({ lines }) : `${lines.join('\n')}\n`);
    });
}

async function setUp(signal: AbortSignal): Promise<string[]> {
  const platform = productionPlatform();
  const demo = platform.environment.hasDemo ? await seedDemo(platform, signal) : null;
  const adminLink = await ensureFirstAdminLink(platform);
  return [
    ...(adminLink ? [`Make the first admin (works once): ${adminLink}`] : []),
    ...(demo ? [`Rate the demo study: ${demo.raterUrl}`] : []),
  ];
}
