export type KeyAction =
  | 'left'
  | 'right'
  | 'tie'
  | 'replay'
  | 'step-back'
  | 'step-forward'
  | 'undo'
  | 'pause';

export interface Pressed {
  key: string;
  code: string;
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** The tag of what has the focus, in capitals; empty for none. */
  targetTag: string;
  isStacked: boolean;
}

const BY_KEY: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: 'left',
  '1': 'left',
  ArrowRight: 'right',
  '2': 'right',
  ArrowDown: 'tie',
  '0': 'tie',
  ' ': 'replay',
  ',': 'step-back',
  '.': 'step-forward',
  u: 'undo',
  U: 'undo',
  p: 'pause',
  P: 'pause',
};
/** Where a layout or an input method gives other characters for the same keys. */
const BY_CODE: Readonly<Record<string, KeyAction>> = {
  Comma: 'step-back',
  Period: 'step-forward',
  KeyU: 'undo',
  KeyP: 'pause',
  Numpad1: 'left',
  Numpad2: 'right',
  Numpad0: 'tie',
};
const TYPED_INTO = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
const PRESSED_BY_SPACE = new Set(['BUTTON', 'A', 'SUMMARY']);

/** What a key press means on the rating screen; null when it means nothing there. */
export function keyAction(pressed: Pressed): KeyAction | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (TYPED_INTO.has(pressed.targetTag)) return null;
  // A button with the focus gets its own space.
  if (pressed.key === ' ' && PRESSED_BY_SPACE.has(pressed.targetTag)) return null;
  // One video above the other: "down" would look like a choice of the lower one.
  if (pressed.key === 'ArrowDown' && pressed.isStacked) return null;
  const action = BY_KEY[pressed.key] ?? BY_CODE[pressed.code] ?? null;
  // A held key steps on, but never votes through the pairs that follow.
  if (pressed.repeat && action !== 'step-back' && action !== 'step-forward') return null;
  return action;
}
