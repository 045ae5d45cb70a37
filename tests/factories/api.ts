import { createApi } from '#lib/http/serve-api.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { TEST_ORIGIN } from './platform.ts';

export interface Call {
  readonly cookie?: string;
  readonly body?: unknown;
  /** Beside, or instead of, those that a browser would send. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** The JSON of every error. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Answer<Json> {
  readonly status: number;
  /** Null where the answer is no JSON: a download. */
  readonly json: Json;
  readonly headers: Headers;
}

/** The API without a network: requests as a browser on `TEST_ORIGIN` sends them. */
export function apiOf(platform: Platform) {
  const serve = createApi(platform);
  return async <Json = Refusal>(
    method: string,
    path: string,
    call: Call = {},
  ): Promise<Answer<Json>> => {
    const headers = new Headers({ origin: TEST_ORIGIN, host: new URL(TEST_ORIGIN).host });
    if (call.cookie !== undefined) headers.set('cookie', call.cookie);
    const body = encode(call.body);
    if (typeof body === 'string') headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const response = await serve(
      new Request(`${TEST_ORIGIN}/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      json: isJson && text !== '' ? JSON.parse(text) : null,
      headers: response.headers,
    };
  };
}

/** JSON, or a form when there is a file in it. */
function encode(body: unknown): string | FormData | undefined {
  if (body === undefined) return undefined;
  const entries = Object.entries(body ?? {});
  if (!entries.some(([, value]) => value instanceof File)) return JSON.stringify(body);
  const form = new FormData();
  for (const [name, value] of entries) form.set(name, value);
  return form;
}
