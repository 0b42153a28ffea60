/**
 * The sample log, bundled into the page. In: nothing. Out: a File like one that a person drops.
 * It comes as a data: address that is decoded here: the page's policy allows no request, not even to its own host.
 */
import { bytesOfBase64 } from '../lib/base64.ts';

export async function loadSample(): Promise<File> {
  const { default: address } = await import('./sample/sample.log.gz?inline');
  return new File([bytesOfBase64(address.slice(address.indexOf(',') + 1))], 'sample.log.gz');
}
