import type { AnySchema } from '@orpc/contract';

export interface Procedure {
  /** Such as `projects.list`. */
  readonly name: string;
  readonly permission: string;
  readonly method: string;
  /** Such as `/projects/{project}`. */
  readonly path: string;
  readonly input: AnySchema | undefined;
}

interface Definition {
  readonly meta: { readonly permission: string | null };
  readonly route: { readonly method?: string; readonly path?: string };
  readonly inputSchema?: AnySchema;
}

/** All procedures of a contract or a router, by walking it. */
export function proceduresOf(node: object, name = ''): Procedure[] {
  if ('~orpc' in node) {
    const { meta, route, inputSchema } = node['~orpc'] as Definition;
    return [
      {
        name,
        permission: String(meta.permission),
        method: String(route.method),
        path: String(route.path),
        input: inputSchema,
      },
    ];
  }
  return Object.entries(node).flatMap(([key, child]) =>
    proceduresOf(child as object, name === '' ? key : `${name}.${key}`),
  );
}
