import type en from '#messages/en.json';
import type { RaterLocale } from './pick-locale.ts';

// A word that is not in the English list is a type error.
declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof en;
    Locale: RaterLocale;
  }
}
