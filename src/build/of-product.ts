/** Which builds are of the product. In: Vite's mode. Out: whether its pages are written; the bench builds pages of its own. */
import type { ConfigEnv } from 'vite';

export const BENCH = 'bench';

export function isOfProduct(_: unknown, { command, mode }: ConfigEnv): boolean {
  return command === 'build' && mode !== BENCH;
}
