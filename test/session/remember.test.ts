/** What this browser remembers, as the page goes about it: what is waited for, and when it is on. */
import { afterEach, expect, test, vi } from 'vitest';
import type { KeptOffer } from '../../src/session/remember.svelte.ts';
import { Session } from '../../src/session/session.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { settle } from '../helpers/settle.ts';
import { stubStorage } from '../helpers/stub-storage.ts';

const OFFER = {
  kept: [{ summary: { name: 'old.log', size: 1 } }],
  ...{ firstTime: 0, lastTime: 1, requests: 1, stored: 10, usedAt: 0 },
} as KeptOffer;

afterEach(() => void vi.unstubAllGlobals());

test('files that are given before it is known what was kept are asked about all the same', async () => {
  const client = createFakeClient();
  let answer = () => {};
  const known = new Promise<void>((resolve) => (answer = resolve));
  const state = { offer: OFFER, stored: 10, quota: null };
  client.memory.state = () => known.then(() => state);
  const session = new Session(client);
  session.take([new File(['x'], 'new.log')]);
  await settle();
  expect([session.phase, session.question]).toEqual(['empty', null]);
  answer();
  await settle();
  expect(session.question).toHaveLength(1);
  session.answer('replace');
  await settle();
  expect(session.report?.files.map(({ name }) => name)).toEqual(['new.log']);
});

test('nobody waits long for a database that does not answer', async () => {
  vi.useFakeTimers();
  try {
    const client = createFakeClient();
    client.memory.state = () => new Promise(() => {});
    const session = new Session(client);
    session.take([new File(['x'], 'new.log')]);
    await vi.advanceTimersByTimeAsync(900);
    expect(session.phase).toBe('empty');
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.phase).toBe('ready');
  } finally {
    vi.useRealTimers();
  }
});

test('is on until it is switched off, and then stays off when all is forgotten', async () => {
  const items = stubStorage();
  const asked: boolean[] = [];
  const client = createFakeClient();
  client.memory.setOn = async (on) => void asked.push(on);
  const { remember } = new Session(client);
  expect([remember.isOn, asked]).toEqual([true, [true]]);
  await remember.setOn(false);
  expect([asked, [...items]]).toEqual([[true, false], [['pullscope-remember', 'off']]]);
  const again = new Session(client);
  expect(again.remember.isOn).toBe(false);
  await again.forget();
  expect([...items]).toEqual([['pullscope-remember', 'off']]);
  await again.remember.setOn(true);
  expect([...items]).toEqual([]);
});

test('on a page opened from disk it is off until it is switched on', async () => {
  const items = stubStorage();
  vi.stubGlobal('location', { protocol: 'file:' });
  const { remember } = new Session(createFakeClient());
  expect(remember.isOn).toBe(false);
  await remember.setOn(true);
  expect([...items]).toEqual([['pullscope-remember', 'on']]);
  expect(new Session(createFakeClient()).remember.isOn).toBe(true);
});
