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
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  }, [locale]);
  return (
    <LanguageContext value={{ locale, toggle }}>
      <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="UTC">
        {children}
      </NextIntlClientProvider>
    </LanguageContext>
  );
}

export function useRaterLanguage() {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useRaterLanguage needs a RaterLanguage above it');
  return language;
}
