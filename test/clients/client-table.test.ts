import { expect, test } from 'vitest';
import { ClientTable } from '../../src/clients/client-table.ts';
import { parseUseRules } from '../../src/clients/use-rules.ts';
import { WordTable } from '../../src/lib/word-table.ts';
import { type AgentColumns, USES } from '../../src/model/agent-columns.ts';

const rules = (text: string) => parseUseRules(text).rules;

function read({ tools, versions, toolOf, versionOf, useOf }: AgentColumns, agents: WordTable) {
  return Array.from({ length: agents.size }, (_, agent) =>
    [tools.textOf(toolOf[agent]!), versions.textOf(versionOf[agent]!), USES[useOf[agent]!]].join('|'),
  );
}

test('fills columns once for each agent, and adds agents that come later', () => {
  const agents = new WordTable();
  const table = new ClientTable(rules('docker -> ci\nwatchtower -> update checker'));
  for (const agent of ['docker/27.1 a', 'docker/27.1 b', '-', '__proto__', 'constructor/1'])
    agents.internText(agent);
  const first = table.columnsOf(agents);
  expect(read(first, agents)).toEqual(['docker|27.1|ci', 'docker|27.1|ci', '||', '||', 'constructor|1|']);
  expect([first.tools.size, first.versions.size]).toEqual([3, 3]);
  for (let i = 0; i < 200; i++) agents.internText(`Watchtower/1.${i}`);
  const second = table.columnsOf(agents);
  expect(read(second, agents)[0]).toBe('docker|27.1|ci');
  expect(read(second, agents)[204]).toBe('watchtower|1.199|update checker');
  expect(second.tools.size).toBe(4);
});

test('guesses anew by other rules', () => {
  const agents = new WordTable();
  agents.internText('docker/27.1');
  const table = new ClientTable(rules('docker -> ci'));
  expect(read(table.columnsOf(agents), agents)).toEqual(['docker|27.1|ci']);
  table.setRules(rules('docker 27.* -> person'));
  expect(read(table.columnsOf(agents), agents)).toEqual(['docker|27.1|person']);
});

test('is right when more tools and versions come than it remembers', () => {
  const agents = new WordTable();
  for (let i = 0; i < 25_000; i++) agents.internText(`docker/${i % 12_500}.0 linuxkit ${i}`);
  const table = new ClientTable(rules('docker *5.0 "linuxkit 1" -> person\ndocker -> ci'));
  const found = read(table.columnsOf(agents), agents);
  expect(found[15]).toBe('docker|15.0|person');
  expect(found[25]).toBe('docker|25.0|ci');
  expect(found[12_515]).toBe('docker|15.0|person');
  expect(found[24_999]).toBe('docker|12499.0|ci');
});

test('reads bytes that are no UTF-8, and agents of any length', () => {
  const agents = new WordTable();
  const bytes = new Uint8Array(1 << 20).fill(0xff);
  bytes.set(new TextEncoder().encode('curl/8.1 '));
  agents.intern(bytes, 0, bytes.length);
  expect(read(new ClientTable([]).columnsOf(agents), agents)).toEqual(['curl|8.1|']);
});
