/** Strings about where the page comes from: new versions, its own server, the list of its host. */
import type { HostProgress } from '../../session/host/host-files.svelte.ts';
import { format } from '../format.ts';

export const hostText = {
  newVersion:
    'A new version of this page is ready. What is not kept in this browser must be opened again after reloading.',
  reload: 'Reload',

  region: 'What the host of this page lists',
  mayRead:
    'This page may read from its own server only, because its host lists files in pullscope.json. Files that you open yourself stay in your browser.',
  loading: (name: string, { file, files, bytes, bytesTotal }: HostProgress) =>
    `Loading ${name} (${format.integer(file)} of ${format.integer(files)}): ${bytesTotal > 0 ? format.bytesOf(Math.min(bytes, bytesTotal), bytesTotal) : format.bytes(bytes)}`,
  loaded: 'Bytes of this file loaded',
  problems: 'Not all of pullscope.json could be used',

  /** In place of what the other pages say of themselves, which can contact no server at all. */
  privacyShort:
    'Nothing is uploaded. This page reads your files in your browser, and may read from its own server only.',
  privacyDetail:
    'Your files are read by this page, in your browser. Its security policy allows it no connection but to its own server, where its host lists files in pullscope.json.',
  check: 'See for yourself: look for “connect-src” in the source of this page.',
};
