/**
 * Questions that wait. In: a worker's side, and what is to be done first. Out: the same side, whose every call begins
 * once that is done, however it ended; calls keep their order.
 */
export function behind<T extends object>(remote: T, until: () => Promise<unknown> | null): T {
  return new Proxy(remote, {
    get: (target, name) => {
      const ask = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const go = () => ask(...args);
        return until()?.then(go, go) ?? go();
      };
    },
  });
}
