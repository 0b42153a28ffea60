/**
 * What is known of single addresses, autonomous systems among it, for the person who asks for them. In: all that facts
 * of addresses come from, and the table of systems. Out: AddressAnswer. Limits: opened when the first is asked for, and
 * again after a change; takes 10 to 20 MB from then on.
 */
import type { OwnDatabase } from '../model/own-places.ts';
import type { AddressAnswer, SystemsState } from '../model/place.ts';
import { readKept } from '../model/kept-address.ts';
import { NO_LABEL, type OwnNetworks, parseOwnNetworks } from '../places/own-networks.ts';
import { openPlaces, type Places } from '../places/places.ts';
import { openLayers } from './known-places.ts';

export class SingleAddresses {
  private systems: Uint8Array | undefined;
  private origins: [tables: Uint8Array, databases: OwnDatabase[], ownRanges: string] | null = null;
  private opened: { places: Places; networks: OwnNetworks } | null = null;

  setSystems(systems: Uint8Array): void {
    this.systems = systems;
    this.opened = null;
  }

  /** null: forgets them. */
  setOrigins(origins: typeof this.origins): void {
    this.origins = origins;
    this.opened = null;
  }

  answer(address: string, systems: SystemsState): AddressAnswer {
    if (isKeptOnly(address) || !this.origins) return { place: null, network: '', systems };
    const { places, networks } = (this.opened ??= this.open(...this.origins));
    const label = networks.find(address);
    return {
      place: places.findText(address),
      network: label === NO_LABEL ? '' : networks.labels[label]!,
      systems,
    };
  }

  private open(tables: Uint8Array, databases: OwnDatabase[], ownRanges: string) {
    const { places } = openLayers(openPlaces(tables, this.systems), databases);
    return { places, networks: parseOwnNetworks(ownRanges).networks };
  }
}

/** The word is a hash of an address. */
export function isKeptOnly(address: string): boolean {
  return readKept(new TextEncoder().encode(address)) !== null;
}
