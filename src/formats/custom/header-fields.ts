/**
 * Which HTTP headers say something. In: a header's name in any case, with - or _. Out: the piece for its value.
 * Sources: RFC 7239's ancestors as proxies write them; the OCI distribution specification (Docker-Content-Digest).
 */
import { field } from './pieces.ts';
import type { FieldPiece } from './pieces.ts';

/** A header with the one address of the client comes second to the list. */
const OF_REQUESTS = new Map<string, FieldPiece>([
  ['user-agent', field('agent')],
  ['x-forwarded-for', field('forwarded')],
  ['x-original-forwarded-for', field('forwarded', 1)],
  ['x-real-ip', field('forwarded', 2)],
  ['x-client-ip', field('forwarded', 2)],
  ['true-client-ip', field('forwarded', 2)],
  ['cf-connecting-ip', field('forwarded', 2)],
  ['fastly-client-ip', field('forwarded', 2)],
  [':method', field('method')],
  [':path', field('target')],
  ['x-envoy-original-path', field('target', 1)],
]);

const plain = (header: string) => header.trim().toLowerCase().replaceAll('_', '-');

export const requestHeader = (header: string): FieldPiece => OF_REQUESTS.get(plain(header)) ?? field('skip');

export const responseHeader = (header: string): FieldPiece =>
  field(plain(header) === 'docker-content-digest' ? 'digest' : 'skip');
