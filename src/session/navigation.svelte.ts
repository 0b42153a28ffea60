/**
 * Where the person is on the page, and how they look at it. In: choices, and the browser's address. Out: state that
 * views read, and an address that shows the same again. Going back and forward goes through what was shown.
 */
import {
  type Address,
  FIRST_LOOK,
  type Look,
  needsNoData,
  OVERVIEW,
  readAddress,
  type Route,
  SERIES,
  type SeriesName,
  writeAddress,
  writeRoute,
} from './address.ts';
import type { DaySpan } from '../model/view.ts';
import type { Range } from './range.ts';
import type { Session } from './session.svelte.ts';

/** In the browser's history, of what was on the page: a link that is followed has none of it. */
const SHOWN = 'shown';

export class Navigation {
  route = $state.raw<Route>(OVERVIEW);
  /** What a link asks for, until there is data to show it of. */
  wanted = $state.raw<Address | null>(null);
  /** The address of what is shown. */
  readonly hash = $derived.by(() => this.hrefOf(this.route));
  private readonly session: Session;
  /** What was shown before bars were marked, and what came of it. */
  private zoomed = $state.raw<{ from: Range; to: Range } | null>(null);
  /** The browser has been told where we are since files were read. */
  private isPlaced = false;
  /** The browser brought us here: the address is only written as we write it. */
  private hasArrived = false;

  constructor(session: Session) {
    this.session = session;
  }

  go(route: Route): void {
    this.route = route;
  }

  get look(): Look {
    return this.session.timeline.look;
  }

  setLook(changes: Partial<Look>): void {
    const { range, filter } = this.session;
    void this.session.lookAt(range, filter, { ...this.look, ...changes });
  }

  /** A part of the bars is left out, or put back. Nothing is counted anew for it. */
  leave(name: SeriesName, isLeft: boolean): void {
    this.setSeries({ [name]: isLeft });
  }

  /** Only this part of the bars. */
  isolate(name: SeriesName): void {
    this.setSeries(Object.fromEntries(SERIES.map((each) => [each, each !== name])));
  }

  private setSeries(isLeft: Partial<Record<SeriesName, boolean>>): void {
    const { look } = this;
    const among = (held: readonly SeriesName[], wanted: boolean) =>
      SERIES.filter((name) => (name in isLeft ? isLeft[name] === wanted : held.includes(name)));
    this.session.timeline.look = {
      ...look,
      left: among(look.left, true),
      // The others are there unless they are left out.
      kept: among(look.kept, false).filter((name) => name === 'versionChecks'),
    };
  }

  /** A repository comes onto the common chart, or goes off it. */
  toggleTogether(name: string): void {
    const { together } = this.look;
    this.setLook({
      together: together.includes(name) ? together.filter((each) => each !== name) : [...together, name],
    });
  }

  /** A link to another view of the same days and filter. */
  hrefOf(route: Route): string {
    const { range, filter, rules } = this.session;
    const { countSignatures } = rules;
    return writeAddress({ route, range, filter, look: this.look, countSignatures }) || '#/';
  }

  /** Only these days, until the person wants those before back. */
  zoom(span: DaySpan): void {
    const from = this.hasZoomed ? this.zoomed!.from : this.session.range!;
    const to: Range = { kind: 'span', span: { first: span.first, last: span.last } };
    this.zoomed = { from, to };
    void this.session.show(to);
  }

  get hasZoomed(): boolean {
    return this.zoomed !== null && this.zoomed.to === this.session.range;
  }

  zoomBack(): void {
    if (this.hasZoomed) void this.session.show(this.zoomed!.from);
  }

  /** The person opened a link, or went back or forward. */
  arrive(hash: string): void {
    const address = readAddress(hash);
    if (!address || hash === this.hash) return;
    this.hasArrived = true;
    this.route = address.route;
    // Of a page that needs no data, only days and filters wait for some.
    const rest = needsNoData(address.route) ? { ...address, route: OVERVIEW } : address;
    if (this.session.phase === 'empty') this.wanted = writeAddress(rest) === '' ? null : rest;
    const { countSignatures } = address;
    if (countSignatures !== this.session.rules.countSignatures)
      void this.session.setRules({ countSignatures });
    void this.session.lookAt(address.range, address.filter, address.look);
  }

  /** The same, told by the browser. A view that a link leads to begins at its top; back is back where one was. */
  arriveIn(browser: Pick<Window, 'location' | 'history' | 'scrollTo'>): void {
    const before = writeRoute(this.route);
    this.arrive(browser.location.hash);
    const isNew = browser.history.state !== SHOWN;
    if (isNew && writeRoute(this.route) !== before) browser.scrollTo(0, 0);
    browser.history.replaceState(SHOWN, '');
  }

  /** Tells the browser where we are: as a new step, unless it was the browser that brought us. */
  place(hash: string, phase: Session['phase'], browser: Pick<Window, 'location' | 'history'>): void {
    if (phase !== 'ready') {
      if (phase === 'empty' && this.isPlaced) this.leavePlace(browser);
      // Figures are what files are dropped for, whatever was read about the page meanwhile.
      if (phase === 'reading' && !this.isPlaced && needsNoData(this.route)) this.route = OVERVIEW;
      return;
    }
    this.wanted = null;
    const isHere = browser.location.hash === hash || (hash === '#/' && browser.location.hash === '');
    if (!isHere) {
      if (this.isPlaced && !this.hasArrived) browser.history.pushState(SHOWN, '', hash);
      else browser.history.replaceState(SHOWN, '', hash);
    }
    this.isPlaced = true;
    this.hasArrived = false;
  }

  /** Data was forgotten: its names stand in the address no longer. */
  private leavePlace({ history }: Pick<Window, 'history'>): void {
    this.isPlaced = false;
    this.route = OVERVIEW;
    this.session.timeline.look = FIRST_LOOK;
    history.replaceState(SHOWN, '', '#/');
  }
}
