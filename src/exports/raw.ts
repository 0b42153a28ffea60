/**
 * Raw: one row an action, in time order. In: Traffic, and actions of tables. Out: rows with Docker Hub's data points.
 * What is not known of an address or an agent is an empty cell.
 */
import { digestOfAction } from '../model/action-digest.ts';
import { type ActionFilter, actionFilter } from '../model/action-filter.ts';
import type { AddressColumns } from '../model/address-columns.ts';
import { ACTION_NAMES } from '../model/filter.ts';
import { repoNameOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_NONE,
  FLAG_CHAIN_HAS_GET,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ExportRequest } from '../model/view.ts';
import { Clock } from './clock.ts';
import { csvCell, type CsvWriter, type RowSource, wordCells } from './csv.ts';
import { splitWord } from './name-parts.ts';
import { columnsIn, imageReference, type Style } from './style.ts';
import type { TableActions } from './table-actions.ts';

const COLUMNS = [
  ...['timestamp', 'namespace', 'repository', 'reference', 'digest', 'tag', 'action_day', 'http_method'],
  ...['action', 'type', 'host', 'country', 'user_agent_tool', 'user_agent_version'],
];

/** Places in the order of time: a range of it, or a list of some. */
export interface Places {
  from: number;
  to: number;
  /** null: each place of the range. */
  list: Uint32Array | null;
}

/** Without places, those of the span that the filter shows. */
export function openRaw(
  traffic: Traffic,
  request: ExportRequest,
  style: Style,
  ofTables: TableActions | null,
  places?: Places,
): RowSource {
  const shown = places ?? rangeOf(traffic, request);
  // A list holds only what is shown.
  const hiding = shown.list ? null : actionFilter(traffic, request.filter);
  return {
    columns: columnsIn(style, COLUMNS, true),
    rows: (shown.list ? shown.to - shown.from : countShown(traffic, shown, hiding)) + (ofTables?.rows ?? 0),
    left: ofTables?.left ?? 0,
    write: (writer) => writeRows(traffic, shown, hiding, style, writer, ofTables),
  };
}

function rangeOf(traffic: Traffic, { span }: ExportRequest): Places {
  const [from, to] = rangeOfSpan(traffic, span);
  return { from, to, list: null };
}

function countShown({ table, order }: Traffic, { from, to }: Places, hiding: ActionFilter | null): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] !== ACTION_NONE && (!hiding || hiding.hides(page, at, row) === 0)) count++;
  }
  return count;
}

const ACTION_CELLS = ACTION_NAMES.map((name) => csvCell(name));
const [HEAD, GET, NONE] = [csvCell('HEAD'), csvCell('GET'), csvCell('')];

function nameCells({ names, references }: Traffic, style: Style) {
  return {
    namespaces: wordCells(names, style, (word) => splitWord(word)[0]),
    repositories: wordCells(names, style, (word) => splitWord(word)[1]),
    references: wordCells(references, style),
  };
}

function placeCells({ types, hosts, countries }: AddressColumns, style: Style) {
  return {
    types: wordCells(types, style),
    hosts: wordCells(hosts, style),
    countries: wordCells(countries, style),
  };
}

function* writeRows(
  traffic: Traffic,
  { from, to, list }: Places,
  hiding: ActionFilter | null,
  style: Style,
  writer: CsvWriter,
  ofTables: TableActions | null,
): Generator<void> {
  const { table, order, nameOf } = traffic;
  const agents = traffic.describeAgents();
  const addresses = traffic.describeAddresses();
  const { namespaces, repositories, references } = nameCells(traffic, style);
  const [tools, versions] = [wordCells(agents.tools, style), wordCells(agents.versions, style)];
  const { types, hosts, countries } = placeCells(addresses, style);
  const clock = new Clock();
  const coming = ofTables?.open(style);
  for (let i = from; i < to; i++) {
    const row = order[list ? list[i]! : i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE || (hiding && hiding.hides(page, at, row) !== 0)) continue;
    const client = page.client[at]!;
    const isAddress = !(page.flags[at]! & FLAG_NO_CLIENT);
    const name = nameOf[page.repository[at]!]!;
    const reference = references(page.reference[at]!);
    const isDigest = (page.flags[at]! & FLAG_DIGEST) !== 0;
    const digest = digestOfAction(table, row);
    if (coming && coming.second < page.seconds[at]!) yield* coming.writeBefore(page.seconds[at]!, writer);
    clock.set(page.seconds[at]!);
    writer.cell(clock.timestamp);
    writer.cell(namespaces(name));
    writer.cell(repositories(name));
    writer.cell(reference);
    writer.cell(digest === NO_WORD ? NONE : references(digest));
    // What is asked of a hub is a file of a revision.
    writer.cell(isDigest || action === ACTION_DOWNLOAD ? NONE : reference);
    writer.cell(clock.day);
    writer.cell(page.flags[at]! & FLAG_CHAIN_HAS_GET ? GET : HEAD);
    writer.cell(ACTION_CELLS[action]!);
    writer.cell(isAddress ? types(addresses.typeOf[client]!) : NONE);
    writer.cell(isAddress ? hosts(addresses.hostOf[client]!) : NONE);
    writer.cell(isAddress ? countries(addresses.countryOf[client]!) : NONE);
    writer.cell(tools(agents.toolOf[page.agent[at]!]!));
    writer.cell(versions(agents.versionOf[page.agent[at]!]!));
    if (style.isForSpreadsheet) {
      const image = repoNameOf(traffic.names.textOf(name));
      const text = imageReference(image, traffic.references.textOf(page.reference[at]!));
      writer.cell(action === ACTION_DOWNLOAD ? NONE : csvCell(text, style));
    }
    writer.endRow();
    if (writer.isFull) yield;
  }
  if (coming) yield* coming.writeBefore(Infinity, writer);
}
