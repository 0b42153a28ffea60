import { MediaQuery } from 'svelte/reactivity';

/** A page so narrow that filters and dates stand in a sheet that comes from below. */
export const isPhone = new MediaQuery('(max-width: 40rem)');
