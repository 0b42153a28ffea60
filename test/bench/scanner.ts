/**
 * The scanner alone: no browser, no workers, no files. In: bytes of a log. Out: megabytes that it reads in a second of
 * processor time. Limits: in Node, whose WebAssembly is Chromium's.
 */
import { createServer } from 'vite';
import type { Scanner } from '../../src/formats/open-scanner.ts';
import { defaultOptions } from '../../src/model/file-options.ts';

const PIECE = 1 << 20;

/** Opens fresh scanners, until it is closed. */
export async function scannerBench(): Promise<{
  speed(log: Uint8Array): Promise<number>;
  close(): Promise<void>;
}> {
  const server = await createServer({
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
  });
  const { openScanner } = (await server.ssrLoadModule('/src/formats/open-scanner.ts')) as {
    openScanner: () => Promise<Scanner>;
  };
  const read = async (log: Uint8Array) => {
    const scanner = await openScanner();
    scanner.setOptions(defaultOptions(Date.UTC(2026, 11, 31)));
    scanner.begin(false);
    const begun = process.cpuUsage();
    for (let at = 0; at < log.length; at += PIECE) scanner.feed(log.subarray(at, at + PIECE));
    scanner.finish();
    const { user, system } = process.cpuUsage(begun);
    return log.length / (user + system);
  };
  return {
    async speed(log) {
      // The first reading is what V8 needs to compile it well.
      await read(log);
      return read(log);
    },
    close: () => server.close(),
  };
}
