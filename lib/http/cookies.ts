/** The value of one cookie of a request. */
export function readCookie(request: Request, name: string): string | undefined {
  const prefix = `${name}=`;
  return (request.headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length);
}

export interface CookieSettings {
  readonly path: string;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
}

/** A `Set-Cookie` line for a value that scripts and other sites can't use. */
export function cookieLine(name: string, value: string, settings: CookieSettings): string {
  return [
    `${name}=${value}`,
    `Path=${settings.path}`,
    `Max-Age=${settings.maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(settings.isSecure ? ['Secure'] : []),
  ].join('; ');
}
