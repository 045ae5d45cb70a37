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
    if (call.body !== undefined) headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const response = await serve(
      new Request(`${TEST_ORIGIN}/api/v1${path}`, {
        method,
        headers,
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      json: text === '' ? null : JSON.parse(text),
      headers: response.headers,
    };
  };
}
