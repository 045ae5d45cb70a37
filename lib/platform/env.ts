import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

const PORT_HINT = 'has to be a port number from 1 to 65535';
const RATE_HINT = 'has to be a number of 1 or more';
const PRICE_HINT = 'has to be dollars for a million tokens, 0 or more';
const rate = z.coerce.number({ error: RATE_HINT }).min(1, RATE_HINT);
const price = z.coerce.number({ error: PRICE_HINT }).min(0, PRICE_HINT).default(0);
const THREADS_HINT = 'has to be a number of threads from 1 to 256';
const MEMORY_HINT = 'has to be a number of MiB of 512 or more';
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
  WINNOW_MODEL_ROOTS: z.string().default('./examples/tiny-world/models'),
  WINNOW_MODEL_PROVIDERS: z.string().default('cpu'),
  WINNOW_MODEL_THREADS: z.coerce
    .number({ error: THREADS_HINT })
    .int(THREADS_HINT)
    .min(1, THREADS_HINT)
    .max(256, THREADS_HINT)
    .optional(),
  WINNOW_MODEL_MEMORY_MIB: z.coerce
    .number({ error: MEMORY_HINT })
    .int(MEMORY_HINT)
    .min(512, MEMORY_HINT)
    .default(8192),
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

/** How models of scorers are run, as docs/scorer-definitions.md says. */
export interface ModelSettings {
  /** The only folders that models are read from. */
  readonly roots: readonly string[];
  /** Execution providers of ONNX Runtime, the first choice first. */
  readonly providers: readonly string[];
  /** Absent: as many as the machine has cores. */
  readonly threads: number | undefined;
  /** Memory of the process that runs them, in MiB. */
  readonly memoryMebibytes: number;
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
  /** The only places in buckets that the API may read: `s3://bucket/prefix`, with a slash at the end. */
  readonly importBuckets: readonly string[];
  readonly models: ModelSettings;
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
  const roots = listOf(values.WINNOW_IMPORT_ROOTS);
  return {
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    dataDir: resolve(values.WINNOW_DATA_DIR),
    host: values.HOST,
    port: values.PORT,
    publicUrl: (values.WINNOW_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    secret: values.WINNOW_SECRET,
    importRoots: roots.filter((path) => !path.startsWith('s3://')).map((path) => resolve(path)),
    importBuckets: roots
      .filter((path) => path.startsWith('s3://'))
      .map((path) => `${path.replace(/\/+$/, '')}/`),
    models: {
      roots: listOf(values.WINNOW_MODEL_ROOTS).map((path) => resolve(path)),
      providers: listOf(values.WINNOW_MODEL_PROVIDERS),
      threads: values.WINNOW_MODEL_THREADS,
      memoryMebibytes: values.WINNOW_MODEL_MEMORY_MIB,
    },
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

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
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
