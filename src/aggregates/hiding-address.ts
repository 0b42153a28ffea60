/**
 * Whether one address stands before all clients, as a proxy's does when the log names the proxy and not who asked it.
 * In: Traffic, and requests by client. Out: the address's kind and share, never the address itself. Source of the
 * private ranges: RFC 1918, RFC 4193, RFC 6598, and loopback and link-local. Limit: a public address counts as a proxy by
 * the number of programs behind it, which one busy machine can have, too.
 */
import { isPrivate } from '../model/kept-address.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { HidingAddress } from '../model/view.ts';

/** "Nearly all". */
const NEARLY_ALL = 0.9;
/** Fewer requests say nothing about what stands before whom. */
const FEWEST_REQUESTS = 100;
/** So many different programs and versions do not run on one machine. */
const MANY_CLIENTS = 8;

export function hidingAddress(traffic: Traffic, requests: Uint32Array): HidingAddress | null {
  const { length, clients } = traffic;
  if (length < FEWEST_REQUESTS) return null;
  const most = requests.reduce((best, count, client) => (count > requests[best]! ? client : best), 0);
  const share = requests[most]! / length;
  if (!(share > NEARLY_ALL)) return null;
  if (isPrivate(clients.textOf(most))) return { kind: 'private', share };
  return clientsBehind(traffic, most) >= MANY_CLIENTS ? { kind: 'proxy', share } : null;
}

/** Different programs and versions that ask from one address. */
function clientsBehind({ table, order, length, describeAgents }: Traffic, client: number): number {
  const { toolOf, versionOf, versions } = describeAgents();
  const found = new Set<number>();
  for (let i = 0; i < length && found.size < MANY_CLIENTS; i++) {
    const page = table.pages[order[i]! >>> PAGE_SHIFT]!;
    const at = order[i]! & PAGE_MASK;
    const agent = page.agent[at]!;
    if (page.client[at] === client) found.add(toolOf[agent]! * versions.size + versionOf[agent]!);
  }
  return found.size;
}
