/**
 * What a person should look at after new tables: systems in our lists whose registered name no longer fits ours, and
 * how much of the announced IPv4 space has which type. In: the source's ranges and names. Out: text.
 */
import { KNOWN_NETWORKS } from '../known-networks.ts';
import { networkTypeOf } from '../network-type.ts';
import { providerSystems } from '../providers.ts';
import type { SourceRange } from './read-ranges.ts';

export function reviewLists(ipv4: SourceRange[], names: Map<string, string>): string {
  const lines: string[] = [];
  for (const [system, { name }] of KNOWN_NETWORKS) {
    const registered = names.get(String(system));
    if (registered === undefined) lines.push(`${system} ${name}: not announced any more`);
    else if (!name.split(/\s+/).some((word) => registered.toLowerCase().includes(word.toLowerCase())))
      lines.push(`${system} ${name}: now ${registered}`);
  }
  for (const [system, provider] of providerSystems())
    if (!names.has(String(system))) lines.push(`${system} of ${provider}: not announced any more`);

  const space = new Map<string, number>();
  let all = 0;
  for (const { first, last, value } of ipv4) {
    const { type, basis } = networkTypeOf(Number(value), names.get(value)!);
    const size = Number(last - first) + 1;
    all += size;
    for (const key of [type || 'no type', basis || 'no basis']) space.set(key, (space.get(key) ?? 0) + size);
  }
  for (const [key, size] of [...space].sort(([, a], [, b]) => b - a))
    lines.push(`${key}: ${((100 * size) / all).toFixed(1)} % of announced IPv4 addresses`);
  return lines.join('\n');
}
