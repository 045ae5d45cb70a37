'use client';

import { useEffect, useRef } from 'react';
import { type KeyAction, keyAction } from './keyboard.ts';

/** Acts on the rating keys wherever the focus is, but not behind an open dialog. */
export function useRatingKeys(isStacked: boolean, act: (action: KeyAction) => void): void {
  const latest = useRef({ isStacked, act });
  useEffect(() => {
    latest.current = { isStacked, act };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const targetTag = event.target instanceof Element ? event.target.tagName : '';
      const { key, code, repeat, ctrlKey, metaKey, altKey } = event;
      const action = keyAction({
        key,
        code,
        repeat,
        ctrlKey,
        metaKey,
        altKey,
        targetTag,
        isStacked: latest.current.isStacked,
      });
      if (!action) return;
      event.preventDefault();
      latest.current.act(action);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
