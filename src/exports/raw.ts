/**
 * Raw: one row an action, in time order. In: Traffic, and actions of tables. Out: CSV with Docker Hub's data points.
 * What is not known of an address or an agent is an empty cell.
 */
import { digestOfAction } from '../model/action-digest.ts';
import { actionFilter } from '../model/action-filter.ts';
import { ACTION_NAMES } from '../model/filter.ts';
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
import { csvCell, CsvWriter, wordCells } from './csv.ts';
import { splitWord } from './name-parts.ts';
import type { TableActions } from './table-actions.ts';

const HEADER =
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version';

export function writeRaw(
  traffic: Traffic,
  request: ExportRequest,
  ofTables: TableActions | null = null,
): CsvWriter {
  const { table, order, nameOf } = traffic;
  const [from, to] = rangeOfSpan(traffic, request.span);
  const writer = new CsvWriter(HEADER);
  const namespaces = wordCells(traffic.names, (word) => splitWord(word)[0]);
  const repositories = wordCells(traffic.names, (word) => splitWord(word)[1]);
  const references = wordCells(traffic.references);
  const agents = traffic.describeAgents();
  const tools = wordCells(agents.tools);
  const versions = wordCells(agents.versions);
  const addresses = traffic.describeAddresses();
  const types = wordCells(addresses.types);
  const hosts = wordCells(addresses.hosts);
  const countries = wordCells(addresses.countries);
  const hiding = actionFilter(traffic, request.filter);
  const actions = ACTION_NAMES.map(csvCell);
  const [head, get, none] = ['HEAD', 'GET', ''].map(csvCell) as [Uint8Array, Uint8Array, Uint8Array];
  const clock = new Clock();
  for (let i = from; i < to; i++) {
    const row = order[i]!;
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
    ofTables?.writeBefore(page.seconds[at]!, writer);
    clock.set(page.seconds[at]!);
    writer.cell(clock.timestamp);
    writer.cell(namespaces(name));
    writer.cell(repositories(name));
    writer.cell(reference);
    writer.cell(digest === NO_WORD ? none : references(digest));
    // What is asked of a hub is a file of a revision.
    writer.cell(isDigest || action === ACTION_DOWNLOAD ? none : reference);
    writer.cell(clock.day);
    writer.cell(page.flags[at]! & FLAG_CHAIN_HAS_GET ? get : head);
    writer.cell(actions[action]!);
    writer.cell(isAddress ? types(addresses.typeOf[client]!) : none);
    writer.cell(isAddress ? hosts(addresses.hostOf[client]!) : none);
    writer.cell(isAddress ? countries(addresses.countryOf[client]!) : none);
    writer.cell(tools(agents.toolOf[page.agent[at]!]!));
    writer.cell(versions(agents.versionOf[page.agent[at]!]!));
    writer.endRow();
  }
  ofTables?.writeBefore(Infinity, writer);
  return writer;
}
