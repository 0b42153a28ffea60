/** What a person likes: colours, and whether single keys do something. Kept in the browser until data is forgotten. */
import { MediaQuery } from 'svelte/reactivity';

export type ThemeChoice = 'auto' | 'light' | 'dark';
export const THEME_CHOICES: ThemeChoice[] = ['auto', 'light', 'dark'];

const THEME_KEY = 'pullscope-theme';
const SHORTCUTS_KEY = 'pullscope-shortcuts';
const NETWORKS_KEY = 'pullscope-networks';
const USE_RULES_KEY = 'pullscope-use-rules';

export class Preferences {
  theme = $state<ThemeChoice>(readTheme());
  shortcuts = $state(read(SHORTCUTS_KEY) !== 'off');
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
    write(THEME_KEY, theme === 'auto' ? null : theme);
  }

  setShortcuts(on: boolean): void {
    this.shortcuts = on;
    write(SHORTCUTS_KEY, on ? null : 'off');
  }

  /** Ranges of the person's own, as text. */
  get networks(): string {
    return read(NETWORKS_KEY) ?? '';
  }

  setNetworks(text: string): void {
    write(NETWORKS_KEY, text || null);
  }

  /** Rules of use, where they are not those that the page begins with. */
  get useRules(): string {
    return read(USE_RULES_KEY) ?? '';
  }

  setUseRules(text: string): void {
    write(USE_RULES_KEY, text || null);
  }

  /** Leaves nothing in the browser; the present look stays until the page is closed. */
  forget(): void {
    write(THEME_KEY, null);
    write(SHORTCUTS_KEY, null);
    write(NETWORKS_KEY, null);
    write(USE_RULES_KEY, null);
  }
}

function readTheme(): ThemeChoice {
  const stored = read(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

// Storage can be switched off in the browser: then preferences last as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing to do.
  }
}
