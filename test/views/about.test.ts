import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES_VERSION } from '../../src/model/counting-rules.ts';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { READERS } from '../../src/tables/index.ts';
import { loadedParts } from '../../src/views/about/loaded-parts.ts';
import { text } from '../../src/views/text.ts';
import { aboutText } from '../../src/views/text/about.ts';
import { analyse, exported } from '../helpers/exported.ts';

const TABLES = 'test/fixtures/tables';
const { samples } = aboutText.formats;
const { registries, proxies, machines, tables, packed } = text.whereFrom;

describe('what the page says of itself', () => {
  test('the example counts as it says, by the real scanner and rules', async () => {
    const { groups } = aboutText.example;
    const analysis = await analyse([groups.flatMap(({ lines }) => lines)]);
    const { text: csv } = await exported(analysis, 'raw');
    const [head, ...rows] = csv.trim().split('\r\n');
    const action = head!.split(',').indexOf('action');
    expect(rows.map((row) => row.split(',')[action])).toEqual(groups.map((group) => group.action));
    expect(groups.flatMap(({ lines }) => lines)).toHaveLength(7);
    expect(groups).toHaveLength(5);
  });

  test('columns of files are those that are written, in their order', async () => {
    const analysis = await analyse([aboutText.example.groups.flatMap(({ lines }) => lines)]);
    const told = aboutText.columns.tables.map(({ columns }) => columns.map(([name]) => name));
    for (const [place, kind] of (['raw', 'summary', 'daily'] as const).entries()) {
      const { text: csv } = await exported(analysis, kind);
      expect(csv.split('\r\n')[0]!.split(',')).toEqual(told[place]);
    }
  });

  test('samples are those of the readers, and none is left out', () => {
    for (const [, id, sample] of samples) {
      const ofLogs = LOG_FORMATS.find((format) => format.id === id)?.samples ?? [];
      const isLine = ofLogs.some((line) => line.startsWith(sample));
      if (!isLine && id !== 'w3c') expect(headers(id)).toContain(sample);
    }
    const told = new Set(samples.map(([, id]) => id));
    const known = [...LOG_FORMATS, ...READERS].map(({ id }) => id).filter((id) => id !== 'mapped');
    expect([...told].sort()).toEqual([...new Set(known)].sort());
  });

  test('every sample is of a file of which the start page says where to get it', () => {
    const names = [registries, proxies, machines, tables, packed].flat().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(samples.map(([name]) => name).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('the present version of the rules is explained, first', () => {
    expect(aboutText.versions.list[0]![0]).toBe(RULES_VERSION);
    expect(aboutText.versions.list).toHaveLength(RULES_VERSION);
  });
});

function headers(id: string): string[] {
  return readdirSync(join(TABLES, id))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => readFileSync(join(TABLES, id, name), 'utf8').split(/\r?\n/)[0]!);
}

test('what a page loaded is told apart by where it came from', () => {
  const names = [
    'https://host.example/tool/assets/a.js',
    'https://host.example/other.js',
    'https://else.example/tool/b.js',
    'blob:https://host.example/1',
    'data:text/plain,x',
    'https://host.example/tool/assets/a.js',
  ];
  expect(
    loadedParts(
      names.map((name) => ({ name })),
      'https://host.example/tool/?x#/about',
    ),
  ).toEqual({
    own: ['assets/a.js'],
    others: ['https://host.example/other.js', 'https://else.example/tool/b.js'],
  });
});
