/**
 * The sample log, bundled into the page. In: nothing. Out: a File like one that a person drops.
 * It comes as a data: address that is decoded here: the page's policy allows no request, not even to its own host.
 */
export async function loadSample(): Promise<File> {
  const { default: address } = await import('./sample/sample.log.gz?inline');
  const text = atob(address.slice(address.indexOf(',') + 1));
  return new File([Uint8Array.from(text, (character) => character.charCodeAt(0))], 'sample.log.gz');
}
