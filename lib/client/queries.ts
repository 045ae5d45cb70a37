import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { api } from './api.ts';

/**
 * TanStack Query options of every procedure: `useQuery(queries.projects.list.queryOptions())`,
 * `useMutation(queries.projects.create.mutationOptions())`,
 * `queryClient.invalidateQueries({ queryKey: queries.projects.key() })`.
 */
export const queries = createTanstackQueryUtils(api);
