import * as z from 'zod';

/** A name that a column of a clip table may have. */
export const columnNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and _, a letter first');

/** The start of the names of several columns, with room for what follows. */
export const columnPrefixSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,45}$/,
    'use lower-case letters, digits and _, a letter first, at most 46',
  );

/** Where a model lies on the machine that runs the workers: under one of WINNOW_MODEL_ROOTS. */
export const modelPathSchema = z.string().min(1).max(1000);
