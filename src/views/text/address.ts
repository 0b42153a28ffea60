/** Strings of what is known of one client's address. */
import type { AddressAnswer, Basis, Place } from '../../model/place.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { valueLabel } from './breakdowns.ts';

const BASIS: Record<Basis, string> = {
  list: 'by this page’s list of networks',
  'name rule': 'by words of the network’s name',
  table: 'by the bundled table',
  database: 'by your database',
  '': '',
};

export const addressText = {
  show: 'Show its address',
  label: 'A client’s address',
  source: (address: string, agent: string) =>
    `${visible(address)} · ${agent === '' ? 'no user agent' : shorten(visible(agent), 120)}`,
  notKept: (agent: string) =>
    `${agent === '' ? 'No user agent' : shorten(visible(agent), 120)}. Its address was not kept, only a hash of it: give the file again to see it.`,
  looking: 'Looking up its network…',
  facts: factsOf,
  /** Why it has no facts. */
  nowhere: (kind: Place['kind']) =>
    kind === 'no address'
      ? 'This is no IP address, so nothing can be looked up.'
      : `Not a public address (${kind}): it has no country and no network.`,
  systems: {
    known: '',
    'left out': 'Autonomous systems are not part of this single file; the page on a web server has them.',
    'not loaded': 'The table of autonomous systems could not be loaded.',
  } satisfies Record<AddressAnswer['systems'], string>,
  sources: 'Looked up in this page:',
};

function factsOf({
  place,
  network,
  systems,
}: AddressAnswer): { name: string; value: string; basis: string }[] {
  if (!place) return [];
  const { system, organisation, country, host, type } = place;
  const fact = (name: string, value: string, basis: Basis) => ({
    name,
    value: value || 'not known',
    basis: BASIS[basis],
  });
  const asText = system === 0 ? '' : `AS${system} ${shorten(visible(organisation), 120)}`.trim();
  return [
    ...(network === '' ? [] : [{ name: 'Your network', value: visible(network), basis: 'by your ranges' }]),
    ...(place.kind !== 'public'
      ? []
      : [
          ...(system !== 0 || systems === 'known'
            ? [fact('Autonomous system', asText, place.systemBasis)]
            : []),
          fact('Provider', visible(host), place.hostBasis),
          fact('Network type', type && valueLabel('networkType', type), place.typeBasis),
          fact('Country', country && valueLabel('country', country), place.countryBasis),
        ]),
  ];
}
