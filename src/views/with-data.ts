/** What is on the page once files are chosen. It comes as a part of its own, after the start page stands. */
export { default as Views } from './navigation/Views.svelte';
export { default as OwnFormatDialogs } from './own/OwnFormatDialogs.svelte';
export { default as Reading } from './reading/Reading.svelte';
export { default as Stopped } from './reading/Stopped.svelte';
export { default as ChooseColumns } from './sources/ChooseColumns.svelte';
export { default as WhySheet } from './why/WhySheet.svelte';
