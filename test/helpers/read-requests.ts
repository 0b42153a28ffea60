import { openScanner } from '../../src/formats/open-scanner.ts';
import { unescapeAgent } from '../../src/actions/user-agent.ts';
import type { FileOptions } from '../../src/model/file-options.ts';
import type { LinePattern } from '../../src/model/line-pattern.ts';
import {
  FLAG_GET,
  NO_WORD,
  type Segment,
  WORD_AGENT,
  WORD_CLIENT,
  WORD_REFERENCE,
  WORD_REPOSITORY,
} from '../../src/model/segment.ts';

/** A manifest request as the scanner's columns have it. */
export interface ScannedRequest {
  offset: number;
  time: number;
  client: string;
  method: 'HEAD' | 'GET';
  status: number;
  prefix: string;
  name: string;
  reference: string;
  agent: string;
  digest: string;
}

/** What one scanner makes of one text. */
export async function readRequests(
  text: string | Uint8Array,
  {
    options,
    own,
    kernel = 'javascript',
    piece = 1 << 20,
  }: { options?: FileOptions; own?: LinePattern[]; kernel?: 'wasm' | 'javascript'; piece?: number } = {},
): Promise<{ requests: ScannedRequest[]; segment: Segment }> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const scanner = await openScanner(kernel, own);
  if (options) scanner.setOptions(options);
  scanner.begin(false);
  for (let at = 0; at < bytes.length; at += piece) scanner.feed(bytes.subarray(at, at + piece));
  scanner.finish();
  const segment = scanner.takeSegment({ file: 0, index: 0, last: true, start: 0, scanner: 0 });
  const decoder = new TextDecoder();
  const words = segment.words.map(({ bytes, ends }) =>
    [...ends].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1]!, end)),
  );
  const word = (kind: number, number: number) =>
    number === NO_WORD ? '' : decoder.decode(words[kind]![number]!);
  const { requests: columns } = segment;
  const requests = Array.from({ length: columns.length }, (_, i): ScannedRequest => {
    const [prefix, name] = word(WORD_REPOSITORY, columns.repository[i]!).split('\0') as [string, string];
    return {
      offset: columns.offset[i]!,
      time: columns.seconds[i]! * 1000 + columns.millis[i]!,
      client: word(WORD_CLIENT, columns.client[i]!),
      method: columns.flags[i]! & FLAG_GET ? 'GET' : 'HEAD',
      status: columns.status[i]!,
      prefix,
      name,
      reference: word(WORD_REFERENCE, columns.reference[i]!),
      agent: decoder.decode(unescapeAgent(words[WORD_AGENT]![columns.agent[i]!]!)),
      digest: columns.digest.length > 0 ? word(WORD_REFERENCE, columns.digest[i]!) : '',
    };
  });
  return { requests, segment };
}
