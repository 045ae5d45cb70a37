import { oc } from '@orpc/contract';
import * as z from 'zod';
import { type ErrorCode, HTTP_STATUS } from './errors.ts';

/** What every endpoint says about itself beside its input and output. */
export interface EndpointMeta {
  /** The action of `lib/accounts/permissions.ts` that the caller needs; an endpoint without one fails the build. */
  permission: string | null;
}

const errorData = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
  .optional();

const errors = Object.fromEntries(
  Object.entries(HTTP_STATUS).map(([code, status]) => [code, { status, data: errorData }]),
) as Record<ErrorCode, { status: number; data: typeof errorData }>;

/** The start of every contract: the coded errors of `AppError`, and a permission still to be named. */
export const endpoint = oc.$meta<EndpointMeta>({ permission: null }).errors(errors);
