/**
 * Keeps the page for use without a network, where browser and address allow it. Out: whether a newer version is ready.
 * The page is never reloaded by itself: data that was read would be gone.
 */
import { CAN_BE_KEPT } from './page-kind.ts';

type Container = Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'>;

export class Offline {
  isNewVersionReady = $state(false);
  private waiting: ServiceWorker | null = null;

  /** Does nothing where pages cannot be kept: from disk, without https, in a browser that has no service workers. */
  async keep(
    container: Container | undefined = CAN_BE_KEPT && isSecureContext ? navigator.serviceWorker : undefined,
  ): Promise<void> {
    if (!container) return;
    try {
      const registration = await container.register('./service-worker.js', { scope: './' });
      this.watch(registration, container);
    } catch {
      // A header of the host or a setting of the browser forbids it: the page works as it did, with a network.
    }
  }

  /** The person wants the new version: it takes over, and then the page is loaded anew. */
  reload(container: Container = navigator.serviceWorker, again: () => void = () => location.reload()): void {
    this.isNewVersionReady = false;
    container.addEventListener('controllerchange', again, { once: true });
    this.waiting?.postMessage('take over');
  }

  private watch(registration: ServiceWorkerRegistration, container: Container): void {
    const look = () => {
      // Without a controller it is the first version, which is the one that is shown.
      if (!registration.waiting || !container.controller) return;
      this.waiting = registration.waiting;
      this.isNewVersionReady = true;
    };
    look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
  }
}
