/**
 * Pushes of one file, as they are kept and taken back. In: pushes with words of their own, or what was kept. Out:
 * KeptPushes, in which addresses are salted hashes; pushes whose addresses are written as kept clients are
 * (model/kept-address.ts).
 */
import { narrow, widen } from '../lib/narrow.ts';
import { DamagedData } from '../lib/packed.ts';
import type { WordTable } from '../lib/word-table.ts';
import { HASH_BYTES, hashAddress, isPrivate, readKept, type Salt, spellKept } from '../model/kept-address.ts';
import type { KeptPushes } from '../model/kept-file.ts';
import type { Milliseconds } from '../model/units.ts';
import { FileWords } from './kept-requests.ts';

const SALT_ID = /^[0-9a-f]{16}$/;

export interface Push {
  file: number;
  time: Milliseconds;
  /** Numbers in the tables of PushWords. */
  client: number;
  repository: number;
  agent: number;
}

export interface PushWords {
  clients: WordTable;
  repositories: WordTable;
  agents: WordTable;
}

/** All of a file's addresses are of one salt. */
export function keepPushes(list: readonly Push[], words: PushWords, salt: Salt): KeptPushes {
  const clients = new FileWords(words.clients.size);
  const repositories = new FileWords(words.repositories.size);
  const agents = new FileWords(words.agents.size);
  const column = (of: (push: Push) => number) => narrow(Uint32Array.from(list, of));
  const columns = {
    length: list.length,
    seconds: Uint32Array.from(list, ({ time }) => Math.floor(time / 1000)),
    millis: column(({ time }) => time % 1000),
    client: column(({ client }) => clients.numberOf(client)),
    repository: column(({ repository }) => repositories.numberOf(repository)),
    agent: column(({ agent }) => agents.numberOf(agent)),
  };
  let { id: saltId } = salt;
  const hashes = new Uint8Array(clients.common.length * HASH_BYTES);
  const privacy = new Uint8Array(clients.common.length);
  clients.common.forEach((client, i) => {
    const word = words.clients.bytesOf(client);
    const kept = readKept(word);
    if (kept) ({ saltId } = kept);
    hashes.set(kept?.hash ?? hashAddress(word, salt), i * HASH_BYTES);
    privacy[i] = isPrivate(words.clients.textOf(client)) ? 1 : 0;
  });
  return {
    ...columns,
    ...{ saltId, clients: hashes, isPrivate: privacy },
    repositories: repositories.words(words.repositories),
    agents: agents.words(words.agents),
  };
}

/** Throws DamagedData, having taken nothing, where numbers point to nothing. */
export function checkedPushes(kept: KeptPushes): KeptPushes {
  const { length, seconds, saltId, clients, isPrivate: privacy, repositories, agents } = kept;
  const isBelow = (column: KeptPushes['client'], size: number) =>
    widen(column, new Uint32Array(length)) && column.every((value) => value < size);
  const isWhole =
    seconds.length === length &&
    SALT_ID.test(saltId) &&
    clients.length === privacy.length * HASH_BYTES &&
    (length === 0 ||
      (isBelow(kept.millis, 1000) &&
        isBelow(kept.client, privacy.length) &&
        isBelow(kept.repository, repositories.ends.length) &&
        isBelow(kept.agent, agents.ends.length)));
  if (!isWhole) throw new DamagedData('A push points to nothing.');
  return kept;
}

/** In: what checkedPushes() has let pass. */
export function takePushes(kept: KeptPushes, file: number, words: PushWords): Push[] {
  const { length, seconds, saltId, isPrivate: privacy } = kept;
  const numbers = (table: WordTable, { bytes, ends }: KeptPushes['agents']) => {
    const found = new Uint32Array(ends.length);
    table.internAll(bytes, ends, found, 0);
    return found;
  };
  const hashOf = (i: number) => kept.clients.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
  const clients = Uint32Array.from(privacy, (flag, i) => {
    const word = spellKept(saltId, hashOf(i), flag === 1);
    return words.clients.intern(word, 0, word.length);
  });
  const repositories = numbers(words.repositories, kept.repositories);
  const agents = numbers(words.agents, kept.agents);
  const at = (column: KeptPushes['client'], i: number) => column[column.length === 1 ? 0 : i]!;
  return Array.from({ length }, (_, i) => ({
    file,
    time: seconds[i]! * 1000 + at(kept.millis, i),
    client: clients[at(kept.client, i)]!,
    repository: repositories[at(kept.repository, i)]!,
    agent: agents[at(kept.agent, i)]!,
  }));
}
