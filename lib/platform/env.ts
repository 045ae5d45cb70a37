import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

const PORT_HINT = 'has to be a port number from 1 to 65535';
const RATE_HINT = 'has to be a number of 1 or more';
const PRICE_HINT = 'has to be dollars for a million tokens, 0 or more';
const rate = z.coerce.number({ error: RATE_HINT }).min(1, RATE_HINT);
const price = z.coerce.number({ error: PRICE_HINT }).min(0, PRICE_HINT).default(0);
const POOL_HINT = 'has to be a number of connections from 1 to 500';

/** Every variable that Winnow reads. `.env.example` explains each to the person who sets it. */
const variables = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error:
        'has to be the address of a PostgreSQL database, such as postgresql://user:password@host:5432/winnow',
    })
    .optional(),
  DATABASE_POOL_SIZE: z.coerce
    .number({ error: POOL_HINT })
    .int(POOL_HINT)
    .min(1, POOL_HINT)
    .max(500, POOL_HINT)
    .default(10),
  WINNOW_DATA_DIR: z.string().default('./data'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce
    .number({ error: PORT_HINT })
    .int(PORT_HINT)
    .min(1, PORT_HINT)
    .max(65535, PORT_HINT)
    .default(3000),
  WINNOW_URL: z
    .url({
      protocol: /^https?$/,
      error: 'has to be the address that people type, such as https://winnow.example.org',
    })
    .optional(),
  WINNOW_SECRET: z.string().min(32, 'has to be a secret of at least 32 characters').optional(),
  WINNOW_IMPORT_ROOTS: z.string().default(''),
  WINNOW_DEMO: z.stringbool({ error: 'has to be true or false' }).default(true),
  STORAGE_URL: z
    .url({
      protocol: /^s3$/,
      error: 'has to be the address of a bucket, such as s3://KEY:SECRET@host:9000/bucket',
    })
    .optional(),
  WINNOW_LLM_URL: z
    .url({
      protocol: /^https?$/,
      error:
        'has to be the address of an OpenAI-compatible server, such as http://127.0.0.1:8000/v1',
    })
    .optional(),
  WINNOW_LLM_KEY: z.string().optional(),
  WINNOW_LLM_REQUESTS_PER_MINUTE: rate.default(60),
  WINNOW_LLM_TOKENS_PER_MINUTE: rate.default(100_000),
  WINNOW_LLM_INPUT_PRICE: price,
  WINNOW_LLM_OUTPUT_PRICE: price,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'has to be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});

/** Names of all variables, for the test that holds `.env.example` equal to them. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape);

/** The language model that merges captions, as docs/captioners.md says. */
export interface LlmSettings {
  /** Without a slash at the end; absent: there is none. */
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** Dollars for a million tokens that are sent. */
  readonly inputPrice: number;
  /** Dollars for a million tokens that come back. */
  readonly outputPrice: number;
}

/** The settings of this process, parsed. Paths are absolute. */
export interface Environment {
  /** The address of an own PostgreSQL; absent: the embedded one in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Where people reach Winnow, without a slash at the end. */
  readonly publicUrl: string;
  /** Absent: one is made and kept in the data folder, see `secret.ts`. */
  readonly secret: string | undefined;
  /** The only folders whose files the API may read. */
  readonly importRoots: readonly string[];
  readonly hasDemo: boolean;
  /** The bucket for blobs; absent: the data folder. */
  readonly storageUrl: string | undefined;
  readonly llm: LlmSettings;
  readonly logLevel: z.infer<typeof variables>['LOG_LEVEL'];
}

/**
 * Parses a set of environment variables; an empty one counts as not set.
 *
 * @throws AppError BAD_INPUT naming the first wrong variable and what would be right.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Environment {
  const given = Object.fromEntries(
    VARIABLE_NAMES.map((name) => [name, source[name] === '' ? undefined : source[name]]),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new AppError('BAD_INPUT', `The environment variable ${name} ${issue?.message}.`, {
      reason: 'environment',
      variable: name,
    });
  }
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    dataDir: resolve(values.WINNOW_DATA_DIR),
    host: values.HOST,
    port: values.PORT,
    publicUrl: (values.WINNOW_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    secret: values.WINNOW_SECRET,
    importRoots: values.WINNOW_IMPORT_ROOTS.split(',')
      .map((path) => path.trim())
      .filter((path) => path !== '')
      .map((path) => resolve(path)),
    hasDemo: values.WINNOW_DEMO,
    storageUrl: values.STORAGE_URL,
    llm: {
      url: values.WINNOW_LLM_URL?.replace(/\/+$/, ''),
      key: values.WINNOW_LLM_KEY,
      requestsPerMinute: values.WINNOW_LLM_REQUESTS_PER_MINUTE,
      tokensPerMinute: values.WINNOW_LLM_TOKENS_PER_MINUTE,
      inputPrice: values.WINNOW_LLM_INPUT_PRICE,
      outputPrice: values.WINNOW_LLM_OUTPUT_PRICE,
    },
    logLevel: values.LOG_LEVEL,
  };
}

let parsedOnce: Environment | undefined;

/** The settings of this process: `.env` where there is one, under what the shell has set. */
export function environment(): Environment {
  if (parsedOnce === undefined) {
    if (existsSync('.env')) process.loadEnvFile('.env');
    parsedOnce = parseEnvironment(process.env);
  }
  return parsedOnce;
}
