/**
 * The short name that a name suggests: lower-case ASCII letters and digits, single hyphens, at most
 * 60 characters. Accents are dropped; a name of another script gives `fallback`.
 */
export function slugOf(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? fallback : slug;
}
