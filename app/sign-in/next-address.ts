/**
 * Where to go after signing in: an address of this site, else the start. Anything that a browser
 * would take for another site is refused: full addresses, `//host`, backslashes, control characters.
 */
export function nextAddress(asked: string | string[] | null | undefined): string {
  const isOwn = typeof asked === 'string' && /^\/(?![/\\])[!-~]*$/.test(asked);
  return isOwn && !asked.includes('\\') ? asked : '/';
}
