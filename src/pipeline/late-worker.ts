/**
 * A worker whose code comes in a part of its own, so that the page stands before it is loaded. In: how to load it. Out:
 * a port that may be written to at once; what is written waits until the worker runs. Errors: where the part can not be
 * had (the page was put anew, the network is off) nothing is answered; `Client.parts` tells the page.
 */
import { expose } from 'comlink';

export interface LateWorker {
  port: MessagePort;
  terminate(): void;
}

export function openLate(load: () => Promise<{ default: new () => Worker }>): LateWorker {
  const { port1, port2 } = new MessageChannel();
  let worker: Worker | null = null;
  let isEnded = false;
  const open = ({ default: Opened }: { default: new () => Worker }) => {
    if (isEnded) return;
    worker = new Opened();
    worker.postMessage(null, [port2]);
  };
  load().then(open, () => {});
  return {
    port: port1,
    terminate() {
      isEnded = true;
      port1.close();
      worker?.terminate();
    },
  };
}

/** The other side, in the worker: answers at the port that it is handed first. */
export function exposeLate(api: unknown): void {
  addEventListener('message', ({ ports }) => expose(api, ports[0]!), { once: true });
}
