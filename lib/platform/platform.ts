import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '#lib/core/clock.ts';
import { type Blobs, createBlobs } from './blobs/blobs.ts';
import { database, type PrismaClient } from './database/client.ts';
import { type Environment, environment } from './env.ts';
import { createLlm, type Llm } from './llm/llm.ts';
import { type Logger, logger } from './log.ts';
import { createMedia, type Media } from './media/media.ts';
import { createModels, type Models } from './models/models.ts';
import { closeQueue, type Queue, queue } from './queue.ts';
import { serverSecret } from './secret.ts';
import { createTables, type Tables } from './tables/tables.ts';
import { closeThreads } from './threads/threads.ts';

/**
 * The doors to the outside, handed to every use case. A use case asks for those that it needs:
 * `Pick<Platform, 'database' | 'clock'>`; tests bring their own.
 */
export interface Platform {
  readonly database: PrismaClient;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly blobs: Blobs;
  /** Decodes in child processes, which start at the first call: for workers and the command line. */
  readonly media: Media;
  /** Runs models in a child process, which starts at the first call. */
  readonly models: Models;
  /** DuckDB in child processes, which start at the first call. */
  readonly tables: Tables;
  /** Asks a language model over the network, where the environment names one. */
  readonly llm: Llm;
  readonly clock: Clock;
  readonly log: Logger;
  readonly environment: Environment;
  /** Signs sessions, cookies and media links; 32 characters or more. */
  readonly secret: string;
}

/** Children that decode at a time; each may take a core or two. */
const MOST_PROCESSES = 4;

let made: Platform | undefined;
let blobs: Blobs | undefined;
let media: Media | undefined;
let models: Models | undefined;
let tables: Tables | undefined;
let llm: Llm | undefined;

/** The platform of this process; each door opens on first use. */
export function platform(): Platform {
  made ??= {
    get database() {
      return database();
    },
    queue: {
      enqueue: async (job, payload, options) => (await queue()).enqueue(job, payload, options),
    },
    get blobs() {
      blobs ??= createBlobs(environment());
      return blobs;
    },
    get media() {
      media ??= createMedia({ processes: Math.min(availableParallelism(), MOST_PROCESSES) });
      return media;
    },
    get models() {
      models ??= createModels(environment().models);
      return models;
    },
    get tables() {
      tables ??= createTables({ scratchDir: join(environment().dataDir, 'temporary', 'tables') });
      return tables;
    },
    get llm() {
      llm ??= createLlm(environment());
      return llm;
    },
    clock: systemClock,
    get log() {
      return logger('web');
    },
    get environment() {
      return environment();
    },
    get secret() {
      return serverSecret();
    },
  };
  return made;
}

/** Closes every door that was opened, so that the process can end. */
export async function closePlatform(): Promise<void> {
  media?.close();
  models?.close();
  tables?.close();
  await closeThreads();
  await closeQueue();
  await database().$disconnect();
}
