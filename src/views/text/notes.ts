/** Strings of notes that a person writes to days. */
import type { Day } from '../../model/units.ts';
import { format } from '../format.ts';
import { visible } from '../parts/visible-text.ts';

export const notesText = {
  key: 'A note of yours',
  add: 'Write a note to a day',
  about: 'Notes stay in this browser. “Forget my data” deletes them.',
  day: 'Day',
  note: 'Note',
  placeholder: '1.28 announced',
  save: 'Save',
  cancel: 'Cancel',
  edit: 'Change',
  remove: 'Delete',
  of: (action: string, day: Day) => `${action} the note of ${format.day(day)}`,
  full: 'There is room for no more notes: delete one first.',
  told: (text: string) => `Note: ${visible(text)}`,
  list: 'Notes on these days',
};
