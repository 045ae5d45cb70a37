// One PostgreSQL for the whole run, with a migrated template that each test file clones.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { clusterFolder } from '#lib/platform/database/embedded/cluster.ts';
import { stopOrphan } from '#lib/platform/database/embedded/orphan.ts';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { migrate } from '#lib/platform/database/migrate.ts';
import { openQueue } from '#lib/platform/queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which databases may be made, with the migrated template `templateName`. */
    readonly serverUrl: string;
    readonly templateName: string;
  }
}

const PREFIX = 'winnow-test-';
// Nothing here has to survive a power cut.
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    return prepareTemplate(project, given);
  }
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const server = await startEmbedded({ dataDir, settings: FAST });
  const dropTemplate = await prepareTemplate(project, server.url);
  return async () => {
    await dropTemplate();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function prepareTemplate(project: TestProject, serverUrl: string) {
  const templateName = `winnow_template_${process.pid}`;
  const url = new URL(serverUrl);
  url.pathname = `/${templateName}`;
  await execute(serverUrl, `create database ${templateName}`);
  await migrate(url.href);
  const queue = await openQueue({ url: url.href, role: 'sender' });
  await queue.stop();
  project.provide('serverUrl', serverUrl);
  project.provide('templateName', templateName);
  return () => execute(serverUrl, `drop database ${templateName}`);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Stops and removes what a killed run has left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX)
      ? Number.parseInt(name.slice(PREFIX.length), 10)
      : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    await stopOrphan(clusterFolder(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
