import { describe, expect, it } from 'vitest';
import { keyLabel, keyMeaning, keyPressed, KEYS } from '../../src/views/help/keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...held,
});

describe('keys', () => {
  it('are told by the sign that they make, whatever the keyboard', () => {
    expect(keyPressed(press('?'), false, true)).toBe('?');
    expect(keyPressed(press('T'), false, true)).toBe('t');
    expect(keyPressed(press('z'), false, true)).toBeNull();
    expect(keyPressed(press('Shift'), false, true)).toBeNull();
  });

  it('mean nothing while a person writes, speaks or holds another key', () => {
    expect(keyPressed(press('t'), true, true)).toBeNull();
    expect(keyPressed(press('t'), false, false)).toBeNull();
    expect(keyPressed(press('t', { altKey: true }), false, true)).toBeNull();
    expect(keyPressed(press('t', { ctrlKey: true }), false, true)).toBeNull();
    expect(keyPressed(press('t', { isComposing: true }), false, true)).toBeNull();
  });

  it('with Control are not switched off', () => {
    expect(keyPressed(press('o', { ctrlKey: true }), true, false)).toBe('Control+O');
    expect(keyPressed(press('O', { metaKey: true }), false, false)).toBe('Control+O');
    expect(keyPressed(press('s', { ctrlKey: true }), false, false)).toBe('Control+S');
    expect(keyPressed(press('p', { ctrlKey: true }), false, true)).toBeNull();
  });

  it('Escape is no letter: it is never switched off, but belongs to whoever writes', () => {
    expect(keyPressed(press('Escape'), false, false)).toBe('Escape');
    expect(keyPressed(press('Escape'), true, true)).toBeNull();
  });

  it('all stand on the sheet', () => {
    for (const key of KEYS) expect(keyMeaning(key)).not.toBe('');
    expect(keyLabel('Control+O', false)).toBe('Ctrl + O');
    expect(keyLabel('Control+O', true)).toBe('⌘ O');
    expect(keyLabel('Control+S', false)).toBe('Ctrl + S');
    expect(keyLabel('Escape', false)).toBe('Esc');
  });
});
