/**
 * What keys do. In: a key press. Out: the word under which an element of the page answers it (its `data-key`). A
 * control needs that attribute and nothing else: buttons are pressed, fields and headings get the focus.
 */
import { text } from '../text.ts';

/** In the order of the help sheet. */
export const KEYS = [
  ...(['?', '/', '1', '2', 'd', 'g', 'c', 'u', 't', 'v', 'e', 'x'] as const),
  ...(['Control+O', 'Control+S', 'Escape'] as const),
] as const;
export type Key = (typeof KEYS)[number];

/** Keys that are a letter or sign alone: a person who speaks to the computer must be able to switch them off. */
const SINGLE_KEYS = KEYS.filter((key) => key.length === 1);

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

const WITH_CONTROL = new Map<string, Key>([
  ['o', 'Control+O'],
  ['s', 'Control+S'],
]);

/** null: the key is none of ours, or means something where the person is. */
export function keyPressed(event: Press, isTyping: boolean, singleKeys: boolean): Key | null {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  if (altKey || isComposing) return null;
  if (ctrlKey || metaKey) return WITH_CONTROL.get(key.toLowerCase()) ?? null;
  // Where a person writes, the browser clears or closes with it.
  if (key === 'Escape') return isTyping ? null : key;
  if (!singleKeys || isTyping) return null;
  return SINGLE_KEYS.find((single) => single === key.toLowerCase()) ?? null;
}

const NO_TEXT = '[type="checkbox"], [type="radio"], [type="range"]';

/** Whether letters go into the element. */
export function takesText(element: EventTarget | null): boolean {
  return (
    element instanceof Element &&
    element.closest(`input:not(${NO_TEXT}), select, textarea, dialog, [contenteditable]`) !== null
  );
}

/** "Ctrl + O", and on a Mac "⌘ O". */
export function keyLabel(key: Key, isMac: boolean): string {
  if (key.startsWith('Control+')) return `${isMac ? '⌘' : 'Ctrl +'} ${key.slice('Control+'.length)}`;
  return key === 'Escape' ? 'Esc' : key;
}

export function keyMeaning(key: Key): string {
  return text.help.keys[key];
}
