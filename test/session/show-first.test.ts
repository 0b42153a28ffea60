/** Kept files: their first figures are there at once, and the real answers take their place. */
import { expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import type { FirstFigures } from '../../src/model/first-figures.ts';
import type { KeptOffer } from '../../src/session/remember.svelte.ts';
import { Session } from '../../src/session/session.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { settle } from '../helpers/settle.ts';

const OFFER = { kept: [{ summary: { name: 'a.log' }, place: { key: 'a' } }] } as unknown as KeptOffer;

/** A page that was asked to go on, with files that come when `open` is called. */
async function goingOn(change: (first: FirstFigures) => FirstFigures | null = (first) => first) {
  const client = createFakeClient({ repositories: 5 });
  await client.read([new File(['x'], 'a.log')], () => {});
  const report = await client.report();
  const span = report.days!;
  const [view, breakdowns] = [await client.view(span, NO_FILTER), await client.breakdowns(span, NO_FILTER)];
  // The first figures are told from the real ones by a number.
  const first = { ...view, figures: { ...view.figures, pulls: 42 } };
  const { days, lastMonth, months, weeks } = report;
  const calendar = { days, lastMonth, months, weeks };
  client.memory.first = async () =>
    change({ asked: { span, step: 'day' }, report, calendar, view: first, breakdowns });
  client.memory.state = async () => ({ offer: OFFER, stored: 1, quota: null });
  let open = (_error?: Error) => {};
  client.read = () =>
    new Promise((resolve, reject) => (open = (error) => (error ? reject(error) : resolve('read'))));
  const session = new Session(client);
  await settle();
  void session.openKept();
  await settle();
  return { client, session, open: (error?: Error) => open(error), pulls: view.figures.pulls };
}

test('the first figures are shown until the files are open', async () => {
  const { session, open, pulls } = await goingOn();
  expect(session).toMatchObject({ phase: 'ready', isOpening: true, isBusy: true });
  expect(session.view?.figures.pulls).toBe(42);
  expect(session.range?.kind).toBe('all');
  open();
  await settle();
  expect(session).toMatchObject({ phase: 'ready', isOpening: false, isBusy: false, recounting: false });
  expect(session.view?.figures.pulls).toBe(pulls);
});

test('a filter that is chosen meanwhile is answered by the files', async () => {
  const { client, session, open } = await goingOn();
  const { view } = client;
  const asked: unknown[] = [];
  let isOpen = false;
  // As the gate of the real client: nothing is answered before.
  client.view = async (span, filter, step) => {
    while (!isOpen) await settle();
    asked.push(filter);
    return view(span, filter, step);
  };
  const filter = withValue(NO_FILTER, 'client', 'docker', 'include');
  void session.setFilter(filter);
  await settle();
  expect(session).toMatchObject({ recounting: true, isOpening: true });
  isOpen = true;
  open();
  await settle();
  await settle();
  expect(asked.every((each) => each === filter)).toBe(true);
  expect(session).toMatchObject({ filter, recounting: false, isOpening: false });
  expect(session.view?.figures.pulls).not.toBe(42);
});

test('figures that answer something else are not shown, nor those with nothing behind them', async () => {
  const other = await goingOn((first) => ({ ...first, asked: { ...first.asked, step: 'hour' } }));
  expect(other.session).toMatchObject({ phase: 'reading', isOpening: false });
  other.open();
  await settle();
  expect(other.session).toMatchObject({ phase: 'ready', isOpening: false });
  expect(other.session.view?.figures.pulls).toBe(other.pulls);

  const broken = await goingOn();
  broken.open(new Error('out of memory'));
  await settle();
  expect(broken.session).toMatchObject({ phase: 'empty', isOpening: false, report: null });
  expect(broken.session.failure).toBe('out of memory');
});

test('files that are dropped meanwhile are taken when the others are open', async () => {
  const { session, open } = await goingOn();
  session.take([new File(['x'], 'more.log')]);
  await settle();
  expect(session).toMatchObject({ question: null, notice: null });
  open();
  await settle();
  expect(session.question).toHaveLength(1);
  session.answer('neither');
});
