'use client';

import { NextIntlClientProvider } from 'next-intl';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import en from '#messages/en.json' with { type: 'json' };
import zh from '#messages/zh.json' with { type: 'json' };
import { LOCALE_COOKIE, type RaterLocale } from './pick-locale.ts';

const MESSAGES = { en, zh };
const COOKIE_SECONDS = 365 * 24 * 3600;

const LanguageContext = createContext<{ locale: RaterLocale; toggle: () => void } | null>(null);

/** Both languages are at hand, so that the switch works at once and without a connection. */
export function RaterLanguage({
  initialLocale,
  children,
}: {
  initialLocale: RaterLocale;
  children: ReactNode;
}) {
  const [locale, setLocale] = useState(initialLocale);
  const toggle = useCallback(() => {
    const next = locale === 'en' ? 'zh' : 'en';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${LOCALE_COOKIE}=${next}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
    setLocale(next);
  }, [locale]);
  const tag = locale === 'zh' ? 'zh-CN' : 'en';
  useEffect(() => {
    // The page above is shared with the studio and in English; dialogs and speech ask it, not us.
    document.documentElement.lang = tag;
    return () => {
      document.documentElement.lang = 'en';
    };
  }, [tag]);
  return (
    <LanguageContext value={{ locale, toggle }}>
      <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="UTC">
        <div lang={tag} data-surround="dark">
          {children}
        </div>
      </NextIntlClientProvider>
    </LanguageContext>
  );
}

export function useRaterLanguage() {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useRaterLanguage needs a RaterLanguage above it');
  return language;
}
