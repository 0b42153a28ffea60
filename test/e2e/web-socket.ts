/**
 * As much of a WebSocket as a remote control needs (RFC 6455): texts to and fro, not compressed. Node has one of its own
 * only from version 22 on. In: host, port, path. Out: send, and what comes.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface TextSocket {
  send(text: string): void;
  close(): void;
}

export function openSocket(
  url: URL,
  onText: (text: string) => void,
  onClose: () => void,
): Promise<TextSocket> {
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: url.hostname, port: url.port, path: url.pathname },
      headers: {
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    asked.on('error', reject);
    asked.on('response', ({ statusCode }) => reject(new Error(`The browser answered ${statusCode}.`)));
    asked.on('upgrade', (_response, socket: Socket, head) => {
      read(socket, head, onText);
      socket.on('close', onClose);
      socket.on('error', () => socket.destroy());
      resolve({ send: (text) => write(socket, TEXT, Buffer.from(text)), close: () => socket.destroy() });
    });
    asked.end();
  });
}

function read(socket: Socket, head: Buffer, onText: (text: string) => void): void {
  let waiting: Buffer = head;
  let pieces: Buffer[] = [];
  const take = () => {
    for (;;) {
      if (waiting.length < 2) return;
      const short = waiting[1]! & 127;
      const start = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (waiting.length < start) return;
      const length =
        short === 127 ? Number(waiting.readBigUInt64BE(2)) : short === 126 ? waiting.readUInt16BE(2) : short;
      if (waiting.length < start + length) return;
      const [isLast, kind] = [waiting[0]! >= 128, waiting[0]! & 15];
      const content = waiting.subarray(start, start + length);
      waiting = waiting.subarray(start + length);
      if (kind === CLOSE) socket.end();
      else if (kind === PING) write(socket, PONG, content);
      if (kind > TEXT) continue;
      pieces.push(content);
      if (!isLast) continue;
      onText(Buffer.concat(pieces).toString());
      pieces = [];
    }
  };
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    take();
  });
  take();
}

/** What a client sends is masked. */
function write(socket: Socket, kind: number, content: Buffer): void {
  const mask = randomBytes(4);
  const head = Buffer.alloc(14);
  head[0] = 128 | kind;
  let end = 2;
  if (content.length < 126) head[1] = content.length;
  else if (content.length < 1 << 16) end = head.writeUInt16BE(content.length, 2);
  else end = head.writeBigUInt64BE(BigInt(content.length), 2);
  if (end > 2) head[1] = end === 4 ? 126 : 127;
  head[1]! |= 128;
  const masked = Buffer.from(content.map((byte, i) => byte ^ mask[i & 3]!));
  socket.write(Buffer.concat([head.subarray(0, end), mask, masked]));
}
