import type { RaterLocale } from '#app/(rater)/pick-locale.ts';
import type { LocalizedText } from '#lib/studies/schema.ts';

/** A researcher's text in the rater's language, in English where it was not translated. */
export function localized(text: LocalizedText, locale: RaterLocale): string {
  return text[locale] ?? text.en;
}
