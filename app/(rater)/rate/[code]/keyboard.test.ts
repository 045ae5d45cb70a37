import { expect, test } from 'vitest';
import { keyAction, type Pressed } from './keyboard.ts';

const pressed = (change: Partial<Pressed>): Pressed => ({
  key: '',
  code: '',
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  targetTag: 'BODY',
  isStacked: false,
  ...change,
});

test.each([
  ['ArrowLeft', 'left'],
  ['1', 'left'],
  ['ArrowRight', 'right'],
  ['2', 'right'],
  ['ArrowDown', 'tie'],
  ['0', 'tie'],
  [' ', 'replay'],
  [',', 'step-back'],
  ['.', 'step-forward'],
  ['u', 'undo'],
  ['U', 'undo'],
  ['p', 'pause'],
  ['x', null],
])('%s means %s', (key, action) => {
  expect(keyAction(pressed({ key }))).toBe(action);
});

test('an input method that gives other characters does not get in the way', () => {
  expect(keyAction(pressed({ key: '，', code: 'Comma' }))).toBe('step-back');
  expect(keyAction(pressed({ key: '。', code: 'Period' }))).toBe('step-forward');
  expect(keyAction(pressed({ key: 'Process', code: 'KeyU' }))).toBe('undo');
});

test('a held key never votes again, but steps on', () => {
  expect(keyAction(pressed({ key: '1', repeat: true }))).toBeNull();
  expect(keyAction(pressed({ key: 'u', repeat: true }))).toBeNull();
  expect(keyAction(pressed({ key: '.', repeat: true }))).toBe('step-forward');
});

test('shortcuts of the browser and typing are left alone', () => {
  expect(keyAction(pressed({ key: '1', ctrlKey: true }))).toBeNull();
  expect(keyAction(pressed({ key: 'ArrowLeft', altKey: true }))).toBeNull();
  expect(keyAction(pressed({ key: 'u', targetTag: 'TEXTAREA' }))).toBeNull();
});

test('space presses the button that has the focus, and replays elsewhere', () => {
  expect(keyAction(pressed({ key: ' ', targetTag: 'BUTTON' }))).toBeNull();
  expect(keyAction(pressed({ key: '1', targetTag: 'BUTTON' }))).toBe('left');
});

test('with one video above the other, "down" is no tie', () => {
  expect(keyAction(pressed({ key: 'ArrowDown', isStacked: true }))).toBeNull();
  expect(keyAction(pressed({ key: '0', isStacked: true }))).toBe('tie');
});
