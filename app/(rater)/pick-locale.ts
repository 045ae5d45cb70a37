export const RATER_LOCALES = ['en', 'zh'] as const;
export type RaterLocale = (typeof RATER_LOCALES)[number];
export const LOCALE_COOKIE = 'winnow-locale';

const isRaterLocale = (value: string | undefined): value is RaterLocale =>
  RATER_LOCALES.some((locale) => locale === value);

/**
 * The language to speak: the one chosen by the switch, else the first of the browser's list that we
 * speak (RFC 9110 quality values), else English.
 */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): RaterLocale {
  if (isRaterLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part, position) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = rest.map((each) => each.trim()).find((each) => each.startsWith('q='));
      const quality = weight ? Number(weight.slice(2)) : 1;
      return { language: tag.split('-')[0], quality, position };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  for (const { language } of wanted) if (isRaterLocale(language)) return language;
  return 'en';
}
