/** What a person likes: colours, and whether single keys do something. Kept in the browser until data is forgotten. */
import { MediaQuery } from 'svelte/reactivity';
import { DayNotes } from './day-notes.svelte.ts';
import { readStored, writeStored } from './stored.ts';

export type ThemeChoice = 'auto' | 'light' | 'dark';
export const THEME_CHOICES: ThemeChoice[] = ['auto', 'light', 'dark'];

const THEME_KEY = 'pullscope-theme';
const SHORTCUTS_KEY = 'pullscope-shortcuts';
const NETWORKS_KEY = 'pullscope-networks';
const USE_RULES_KEY = 'pullscope-use-rules';

export class Preferences {
  theme = $state<ThemeChoice>(readTheme());
  shortcuts = $state(readStored(SHORTCUTS_KEY) !== 'off');
  readonly notes = new DayNotes();
  /** Paper is white. */
  printing = $state(false);
  private readonly darkSystem = new MediaQuery('(prefers-color-scheme: dark)');
  readonly colours: 'light' | 'dark' = $derived.by(() => {
    if (this.printing) return 'light';
    if (this.theme !== 'auto') return this.theme;
    return this.darkSystem.current ? 'dark' : 'light';
  });

  setTheme(theme: ThemeChoice): void {
    this.theme = theme;
    writeStored(THEME_KEY, theme === 'auto' ? null : theme);
  }

  setShortcuts(on: boolean): void {
    this.shortcuts = on;
    writeStored(SHORTCUTS_KEY, on ? null : 'off');
  }

  /** Ranges of the person's own, as text. */
  get networks(): string {
    return readStored(NETWORKS_KEY) ?? '';
  }

  setNetworks(text: string): void {
    writeStored(NETWORKS_KEY, text || null);
  }

  /** Rules of use, where they are not those that the page begins with. */
  get useRules(): string {
    return readStored(USE_RULES_KEY) ?? '';
  }

  setUseRules(text: string): void {
    writeStored(USE_RULES_KEY, text || null);
  }

  /** Leaves nothing in the browser; the present look stays until the page is closed. */
  forget(): void {
    writeStored(THEME_KEY, null);
    writeStored(SHORTCUTS_KEY, null);
    writeStored(NETWORKS_KEY, null);
    writeStored(USE_RULES_KEY, null);
    this.notes.forget();
  }
}

function readTheme(): ThemeChoice {
  const stored = readStored(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}
