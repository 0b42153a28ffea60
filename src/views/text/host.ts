/** Strings about where the page comes from: new versions, its own server, the list of its host. */
export const hostText = {
  newVersion:
    'A new version of this page is ready. Files that you opened must be opened again after reloading.',
  reload: 'Reload',
};
