/** What every view of the page is made of. */
import type { Navigation } from '../../session/navigation.svelte.ts';
import type { Preferences } from '../../session/preferences.svelte.ts';
import type { Session } from '../../session/session.svelte.ts';

export interface ViewProps {
  session: Session;
  navigation: Navigation;
  preferences: Preferences;
}

/** Where everything can be forgotten. */
export interface ForgettingViewProps extends ViewProps {
  onforget: () => void;
}
