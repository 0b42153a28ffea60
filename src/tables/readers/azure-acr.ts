/**
 * Azure Container Registry's events, as Log Analytics exports them (ContainerRegistryRepositoryEvents). In: a row an
 * event. Out: request rows, to be classified by our rules. Source: the table's documentation.
 * Limits: an event says neither HEAD nor GET: a pull becomes a GET; the status column holds no status.
 */
import { REPO_TYPES } from '../../model/action-rows.ts';
import { factOf, textOf, TimeCells } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

export const azureAcr: TableReader = {
  id: 'azure-acr',
  title: 'Azure Container Registry events',
  rows: 'requests',
  meaning: 'registry-actions',
  divisible: true,
  fields: {
    time: ['timegenerated'],
    operation: ['operationname'],
    repository: ['repository'],
    tag: ['tag'],
    digest: ['digest'],
    media: ['mediatype'],
    client: ['calleripaddress'],
    agent: ['useragent'],
  },
  required: ['time', 'operation', 'repository', 'client'],
  open: openEvents,
};

function openEvents({ column, requests, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  return {
    take(cells) {
      const time = times.read(cells, column('time'));
      const name = textOf(cells, column('repository'));
      const digest = factOf(cells, column('digest'));
      const reference = textOf(cells, column('tag')) || digest;
      if (Number.isNaN(time) || name === '' || reference === '') return 'unreadable';
      const isPull = /^pull/i.test(textOf(cells, column('operation')));
      const media = textOf(cells, column('media'));
      const isManifest = media === '' || /manifest|index/.test(media);
      const row = requests.next();
      const { columns } = requests;
      columns.time[row] = time;
      columns.client[row] = requests.word(factOf(cells, column('client')));
      columns.method[row] = requests.word(isPull ? 'GET' : 'PUT');
      columns.path[row] = requests.word(`/v2/${name}/${isManifest ? 'manifests' : 'blobs'}/${reference}`);
      columns.repoType[row] = REPO_TYPES.indexOf('image');
      columns.agent[row] = requests.word(factOf(cells, column('agent')));
      columns.digest[row] = requests.word(digest);
      saw(time);
      return 'used';
    },
  };
}
