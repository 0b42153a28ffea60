/** What the page is looked at with, where parts of it are then another thing and not only of another size. */
import { MediaQuery } from 'svelte/reactivity';

/** A page so narrow that filters and dates stand in a sheet that comes from below. */
export const isPhone = new MediaQuery('(max-width: 40rem)');

/** Somebody points at things precisely and most likely has keys: hints of Shift and arrow keys are for them. */
export const hasMouse = new MediaQuery('(hover: hover) and (pointer: fine)');
