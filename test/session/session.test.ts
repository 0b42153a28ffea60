import { describe, expect, it } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import type { DashboardView, DaySpan } from '../../src/model/view.ts';
import { Session } from '../../src/session/session.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { settle } from '../helpers/settle.ts';

const file = (name = 'access.log') => new File(['x'], name);

async function loaded(client = createFakeClient({ repositories: 5 })) {
  const session = new Session(client);
  session.take([file()]);
  await settle();
  return session;
}

describe('session', () => {
  it('reads what is dropped and shows all time', async () => {
    const session = await loaded();
    expect(session.phase).toBe('ready');
    expect(session.range?.kind).toBe('all');
    expect(session.view?.repositories.length).toBe(5);
    expect(session.foldable).toBe(1204);
  });

  it('asks whether to add or to replace', async () => {
    const session = await loaded();
    session.take([file('more.log')]);
    expect(session.question).toHaveLength(1);
    session.answer('add');
    await settle();
    expect(session.report?.files).toHaveLength(2);
    session.take([file('other.log')]);
    session.answer('replace');
    await settle();
    expect(session.report?.files.map(({ name }) => name)).toEqual(['other.log']);
    session.take([file()]);
    session.answer('neither');
    await settle();
    expect(session.report?.files).toHaveLength(1);
  });

  it('says why nothing happens', async () => {
    const session = new Session(createFakeClient());
    session.take([]);
    expect(session.notice?.kind).toBe('no-files');
    session.take([], { leftOut: 2, lost: ['logs/a'] });
    expect(session.notice).toEqual({ kind: 'left-out', files: 0, leftOut: 2, lost: ['logs/a'] });
  });

  it('goes on saying what a folder held besides its logs', async () => {
    const session = new Session(createFakeClient());
    session.take([file()], { leftOut: 1, lost: [] });
    await settle();
    expect(session.phase).toBe('ready');
    expect(session.notice).toEqual({ kind: 'left-out', files: 1, leftOut: 1, lost: [] });
  });

  it('drops the answer to a question that was asked anew', async () => {
    const client = createFakeClient({ repositories: 5 });
    const answers: (() => void)[] = [];
    const view = client.view;
    const session = await loaded(client);
    client.view = (span: DaySpan) =>
      new Promise<DashboardView>((resolve) => answers.push(() => void view(span, NO_FILTER).then(resolve)));
    const week = { first: session.range!.span.first, last: session.range!.span.first + 6 };
    const month = { first: week.first, last: week.first + 30 };
    void session.show({ kind: 'week', span: week });
    void session.show({ kind: 'month', span: month });
    await settle();
    answers[1]!();
    await settle();
    answers[0]!();
    await settle();
    expect(session.view?.span).toEqual(month);
    expect(session.recounting).toBe(false);
  });

  it('asks for everything with the filter, and forgets it with the data', async () => {
    const client = createFakeClient({ repositories: 5 });
    const asked: unknown[] = [];
    const { view, breakdowns, detail } = client;
    client.view = (span, filter) => (asked.push(filter), view(span, filter));
    client.breakdowns = (span, filter) => (asked.push(filter), breakdowns(span, filter));
    client.detail = (repository, span, filter) => (asked.push(filter), detail(repository, span, filter));
    const session = await loaded(client);
    asked.length = 0;
    const filter = withValue(NO_FILTER, 'client', 'docker', 'include');
    await session.setFilter(filter);
    await session.detail(0);
    expect(asked).toEqual([filter, filter, filter]);
    await session.forget();
    expect(session).toMatchObject({ filter: NO_FILTER, breakdowns: null });
  });

  it('knows what the user told of addresses before it counts with a filter from the address', async () => {
    const client = createFakeClient({ repositories: 5 });
    const asked: string[] = [];
    const { view, setNetworks } = client;
    client.view = (...args) => (asked.push('view'), view(...args));
    client.setNetworks = (text) => (asked.push(text), setNetworks(text));
    const session = new Session(client);
    session.places.networks = '10.0.0.0/8 office';
    await session.lookAt(null, withValue(NO_FILTER, 'ownNetwork', 'office', 'include'));
    session.take([file()]);
    await settle();
    expect(asked).toEqual(['10.0.0.0/8 office', 'view']);
  });

  it('keeps or discards what was read before it was stopped', async () => {
    const client = createFakeClient({ slowness: 4000 });
    const session = new Session(client);
    session.take([file()]);
    await settle();
    session.take([file('late.log')]);
    expect(session.notice?.kind).toBe('busy');
    session.cancel();
    await settle();
    expect(session.phase).toBe('stopped');
    await session.discard();
    expect(session.phase).toBe('empty');
  });

  it('is empty after forgetting, and says so', async () => {
    const session = await loaded();
    await session.forget();
    expect(session).toMatchObject({
      phase: 'empty',
      report: null,
      view: null,
      notice: { kind: 'forgotten' },
    });
  });

  it('recounts by other rules and knows what folding folds', async () => {
    const session = await loaded();
    await session.setRules({ foldFurther: true });
    expect(session.rules.foldFurther).toBe(true);
    expect(session.foldable).toBe(1204);
    const recounting = session.setRules({ window: 9000 });
    // Another window folds other actions: the number is not known until it is asked for again.
    expect(session.foldable).toBeNull();
    await recounting;
    expect(session.foldable).toBe(1204);
  });

  it('reads files again that were taken from what was kept, when other places are known', async () => {
    const client = createFakeClient({ repositories: 5 });
    const session = await loaded(client);
    const read: unknown[] = [];
    client.readAgain = async (changes) => (read.push(changes), 'read');
    await session.places.setNetworks('10.0.0.0/8 office');
    expect(read).toEqual([]);
    client.tookKept = () => true;
    await session.places.setNetworks('10.0.0.0/8 lab');
    expect(read).toEqual([{}]);
    expect(session.phase).toBe('ready');
  });

  it('does not wait for ever when the workers break', async () => {
    const client = createFakeClient();
    client.read = () => Promise.reject(new Error('out of memory'));
    const session = await loaded(client);
    expect(session.phase).toBe('empty');
    expect(session.failure).toBe('out of memory');
  });
});
