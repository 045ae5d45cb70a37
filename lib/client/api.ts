import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '#lib/contract.ts';

export type Api = JsonifiedClient<ContractRouterClient<typeof contract>>;

/**
 * The typed client of `/api/v1`: `await api.projects.get({ project: 'demo' })`. Browser only; the
 * session cookie goes along by itself. Failures are `ORPCError`s with the code of `ErrorCode`.
 */
export const api: Api = createORPCClient(
  new OpenAPILink(contract, { url: () => new URL('/api/v1', window.location.origin).href }),
);
