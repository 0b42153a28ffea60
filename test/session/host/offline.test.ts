import { describe, expect, it } from 'vitest';
import { takeLaunched, type Launch } from '../../../src/session/host/launched.ts';
import { Offline } from '../../../src/session/host/offline.svelte.ts';

/** A browser with one registration whose workers come when the test says so. */
class FakeContainer extends EventTarget {
  controller: ServiceWorker | null = null;
  readonly registration = Object.assign(new EventTarget(), {
    installing: null as EventTarget | null,
    waiting: null as (EventTarget & { postMessage(message: string): void }) | null,
  });
  asked: unknown[] = [];
  told: string[] = [];

  async register(...asked: unknown[]): Promise<ServiceWorkerRegistration> {
    this.asked.push(asked);
    return this.registration as unknown as ServiceWorkerRegistration;
  }

  install(): void {
    const worker = Object.assign(new EventTarget(), { postMessage: (told: string) => this.told.push(told) });
    this.registration.installing = worker;
    this.registration.dispatchEvent(new Event('updatefound'));
    this.registration.waiting = worker;
    worker.dispatchEvent(new Event('statechange'));
  }
}
const of = (container: FakeContainer) => container as unknown as ServiceWorkerContainer;

describe('Offline', () => {
  it('says nothing of the first version, and waits with the next until it is wanted', async () => {
    const container = new FakeContainer();
    const offline = new Offline();
    await offline.keep(of(container));
    expect(container.asked).toEqual([['./service-worker.js', { scope: './' }]]);
    container.install();
    expect(offline.isNewVersionReady).toBe(false);
    container.controller = {} as ServiceWorker;
    container.install();
    expect(offline.isNewVersionReady).toBe(true);
    expect(container.told).toEqual([]);
    let loads = 0;
    offline.reload(of(container), () => loads++);
    expect(container.told).toEqual(['take over']);
    expect(loads).toBe(0);
    container.dispatchEvent(new Event('controllerchange'));
    expect(loads).toBe(1);
  });

  it('does without where it is forbidden or unknown', async () => {
    const container = new FakeContainer();
    container.register = () => Promise.reject(new Error('forbidden by policy'));
    const offline = new Offline();
    await offline.keep(of(container));
    await offline.keep(undefined);
    expect(offline.isNewVersionReady).toBe(false);
  });
});

describe('takeLaunched', () => {
  it('takes what the system opens, and names what cannot be opened', async () => {
    let consumer: (launch: Launch) => void = () => {};
    const taken: unknown[] = [];
    takeLaunched((files, { lost }) => taken.push([files.map(({ name }) => name), lost]), {
      setConsumer: (given) => (consumer = given),
    });
    consumer({});
    consumer({
      files: [
        { getFile: async () => new File(['x'], 'access.log') },
        Object.assign({ getFile: () => Promise.reject(new Error('gone')) }, { name: 'gone.log' }),
      ],
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(taken).toEqual([[['access.log'], ['gone.log']]]);
    takeLaunched(() => {}, undefined);
  });
});
