import { beforeEach, describe, expect, it } from 'vitest';
import { withValue } from '../../src/model/filter.ts';
import { Navigation } from '../../src/session/navigation.svelte.ts';
import { Session } from '../../src/session/session.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { settle } from '../helpers/settle.ts';

/** As much of a browser as remembers where it has been. */
class Browser {
  location = { hash: '' } as Location;
  steps: string[] = [''];
  history = {
    pushState: (_: unknown, __: string, hash: string) => {
      this.steps.push(hash);
      this.location.hash = hash;
    },
    replaceState: (_: unknown, __: string, hash: string) => {
      this.steps[this.steps.length - 1] = hash;
      this.location.hash = hash;
    },
  } as unknown as History;
}

describe('moving about', () => {
  let browser: Browser;
  let session: Session;
  let navigation: Navigation;
  const place = () => navigation.place(navigation.hash, session.phase, browser);
  const read = async () => {
    session.take([new File(['x'], 'access.log')]);
    await settle();
    place();
  };

  beforeEach(() => {
    browser = new Browser();
    session = new Session(createFakeClient({ repositories: 5 }));
    navigation = new Navigation(session);
  });

  it('makes a step of every choice, and none of reading', async () => {
    await read();
    expect(browser.steps).toEqual(['']);
    await session.setFilter(withValue(session.filter, 'country', 'DE', 'include'));
    place();
    navigation.go({ view: 'repository', name: 'a/b', type: 'image' });
    place();
    expect(browser.steps).toEqual(['', '#/?f=country:DE', '#/repo/a%2Fb?f=country:DE']);
  });

  it('goes back to what was shown without making a step of it', async () => {
    await read();
    await session.setFilter(withValue(session.filter, 'country', 'DE', 'include'));
    place();
    browser.location.hash = '';
    navigation.arrive('');
    await settle();
    place();
    expect(session.filter).toEqual({});
    expect(browser.steps).toHaveLength(2);
    navigation.arrive('#/?tz=local&f=country:DE');
    browser.location.hash = '#/?tz=local&f=country:DE';
    place();
    expect(navigation.look.zone).toBe('local');
    // In the order that we write, in its place.
    expect(browser.steps).toEqual(['', '#/?f=country:DE&tz=local']);
  });

  it('shows what needs no data on the empty page, and figures once there are some', async () => {
    browser.location.hash = '#/about';
    navigation.arrive('#/about');
    place();
    expect(navigation.route).toEqual({ view: 'about' });
    expect(navigation.wanted).toBeNull();
    navigation.arrive('#/settings?r=last-month');
    expect(navigation.wanted).toMatchObject({ route: { view: 'overview' }, range: { kind: 'last-month' } });
    session.phase = 'reading';
    place();
    expect(navigation.route).toEqual({ view: 'overview' });
  });

  it('stays on such a page while more is read', async () => {
    await read();
    navigation.go({ view: 'about' });
    place();
    session.phase = 'reading';
    place();
    session.phase = 'ready';
    place();
    expect(navigation.route).toEqual({ view: 'about' });
    expect(browser.steps).toEqual(['', '#/about']);
  });

  it('keeps what a link asks for until there is data', async () => {
    browser.location.hash = '#/repo/a%2Fb?r=last-month&x=use:ci';
    navigation.arrive(browser.location.hash);
    expect(navigation.wanted?.route).toEqual({ view: 'repository', name: 'a/b', type: 'image' });
    await read();
    expect(navigation.wanted).toBeNull();
    expect(session.range?.kind).toBe('last-month');
    expect(session.range?.span).toEqual(session.report!.lastMonth);
    expect(session.filter).toEqual({ use: { included: [], excluded: ['ci'] } });
    expect(browser.steps).toHaveLength(1);
  });

  it('begins a view that a link leads to at its top, and leaves the way back where it was', () => {
    let tops = 0;
    const state = { state: null as unknown, replaceState: (next: unknown) => void (state.state = next) };
    const arriveAt = (hash: string, held: unknown) => {
      state.state = held;
      navigation.arriveIn({
        location: { hash } as Location,
        history: state as unknown as History,
        scrollTo: () => void tops++,
      });
      return [tops, state.state !== null];
    };
    expect(arriveAt('#/repo/a%2Fb', null)).toEqual([1, true]);
    const shown = state.state;
    // Another filter of the same view is no other view.
    expect(arriveAt('#/repo/a%2Fb?f=country:DE', null)).toEqual([1, true]);
    expect(arriveAt('#/', shown)).toEqual([1, true]);
    expect(arriveAt('#/clean-up', null)).toEqual([2, true]);
  });

  it('wants nothing where the address is that of the empty page', () => {
    navigation.arrive('');
    navigation.arrive('#format=x:y');
    expect(navigation.wanted).toBeNull();
  });

  it('leaves no name in the address of forgotten data', async () => {
    await read();
    navigation.go({ view: 'repository', name: 'secret/name', type: 'image' });
    place();
    await session.forget();
    place();
    expect(browser.location.hash).toBe('#/');
    expect(navigation.route.view).toBe('overview');
  });
});
