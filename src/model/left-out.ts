/**
 * What nobody means when they drop a folder or an archive of logs. In: a path in it. Out: whether it is passed over, by
 * its name alone, because its content need not be looked at. Limits: a file given by itself is always looked at.
 */

/** Pictures, sound, video and fonts. */
const NO_LOG =
  /\.(avif|bmp|eot|gif|heic|icns|ico|jpe?g|m4a|mkv|mov|mp[34]|ogg|otf|png|svg|tiff?|ttf|wav|webm|webp|woff2?)$/i;
/** What file managers leave behind, besides hidden files. */
const LEFT_BEHIND = /^(__MACOSX|Thumbs\.db|desktop\.ini|\$RECYCLE\.BIN)$/i;

export function isLeftOut(path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '.' && part !== '..');
  return NO_LOG.test(path) || parts.some((part) => part.startsWith('.') || LEFT_BEHIND.test(part));
}
