/**
 * What keys do. In: a key press. Out: the word under which an element of the page answers it (its `data-key`). A
 * control needs that attribute and nothing else: buttons are pressed, fields and headings get the focus.
 */
import { text } from '../text.ts';

/** In the order of the help sheet. */
export const KEYS = ['?', '/', '1', '2', 'd', 'g', 'c', 'u', 't', 'v', 'e', 'Control+O', 'Escape'] as const;
export type Key = (typeof KEYS)[number];

/** Keys that are a letter or sign alone: a person who speaks to the computer must be able to switch them off. */
export const SINGLE_KEYS = KEYS.filter((key) => key.length === 1);

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** null: the key is none of ours, or means something where the person is. */
export function keyPressed(event: Press, isTyping: boolean, singleKeys: boolean): Key | null {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  if (altKey || isComposing) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'o' ? 'Control+O' : null;
  if (!singleKeys || isTyping) return null;
  return SINGLE_KEYS.find((single) => single === key.toLowerCase()) ?? null;
}

/** Whether letters go into the element. */
export function takesText(element: EventTarget | null): boolean {
  return (
    element instanceof Element &&
    element.closest('input, select, textarea, dialog, [contenteditable]') !== null
  );
}

/** "Ctrl + O", and on a Mac "⌘ O". */
export function keyLabel(key: Key, isMac: boolean): string {
  if (key === 'Control+O') return isMac ? '⌘ O' : 'Ctrl + O';
  return key === 'Escape' ? 'Esc' : key;
}

export function keyMeaning(key: Key): string {
  return text.help.keys[key];
}
