/** Files that are given beside what was kept of earlier ones. In: the offer, and the files. Out: what to open too. */
import type { KeptOffer } from './remember.svelte.ts';

/**
 * What was kept, where it is clear that it and these files belong together: one of the two has nothing that the other
 * lacks. 'ask': it is not clear.
 */
export function keptBeside(offer: KeptOffer | null, files: readonly File[]): KeptOffer['kept'] | 'ask' {
  if (!offer) return [];
  const same = (file: File, { summary }: KeptOffer['kept'][number]) =>
    file.name === summary.name && file.size === summary.size;
  const others = offer.kept.filter((each) => !files.some((file) => same(file, each)));
  const isNew = files.some((file) => !offer.kept.some((each) => same(file, each)));
  return others.length > 0 && isNew ? 'ask' : others;
}
