/** Strings about models, datasets and spaces of a hub's log. */
import type { RepoType } from '../../model/action-rows.ts';
import { visible } from '../parts/visible-text.ts';
import { count } from './count.ts';

export const REPOSITORY_TYPES: Record<RepoType, string> = {
  image: 'Image',
  model: 'Model',
  dataset: 'Dataset',
  space: 'Space',
  package: 'Package',
  '': 'Unknown',
};

export const hubsText = {
  figures: {
    title: 'Downloads from hubs',
    labels: { images: 'All images', models: 'All models', datasets: 'All datasets', spaces: 'All spaces' },
    notes: {
      images: 'Pulls by tag and by digest, by the rules for registries.',
      models: 'Each request for a counted file is one download.',
      datasets: 'What one address asks of a dataset within five minutes is one download.',
      spaces: 'What one address asks of a space within five minutes is one download.',
    },
    note: 'Downloads as Hugging Face counts them, from the logs, for the time and the filters above. They are never added to pulls. Unique IP addresses are over both.',
  },
  rules: {
    countHubHeads: 'Count HEAD requests of hubs',
    countHubHeadsNote:
      'Before a file, its client often asks for its size by HEAD. On: as Hugging Face counts, both are downloads. Off: only GET is.',
    title: 'Counted files of models',
    note: 'A download of a model is a request for one of its counted files: config.json, config.yaml, hyperparams.yaml, params.json, meta.yaml, and always *.gguf. Libraries that load other files need a query of their own, as in Hugging Face’s list of libraries.',
    uncounted: (requests: number) =>
      requests === 0
        ? ''
        : `${count(requests, 'request')} in all files ${requests === 1 ? 'asks' : 'ask'} for something that does not count.`,
    model: 'Model',
    modelPlaceholder: 'organisation/name',
    query: 'Query',
    grammar:
      'path:"x", path_extension:"x", path_filename:"x" (without extension), path_prefix:"x/", _exists_:"path_prefix", joined by AND, OR, NOT and parentheses.',
    save: 'Count by this query',
    list: 'Models with a query of their own',
    edit: (model: string) => `Change the query of ${model}`,
    editShort: 'Change',
    remove: (model: string) => `Back to the default query: ${model}`,
    removeShort: 'Back to default',
    noModel: 'Enter the full name of a model.',
    summary: (queries: number) =>
      `${count(queries, 'model')} with a query of ${queries === 1 ? 'its' : 'their'} own`,
    getOnly: 'HEAD of hubs not counted',
  },
  columns: { both: 'Pulls or downloads', downloads: 'Downloads', lastBoth: 'Last one' },
  detail: {
    title: (name: string) => `Files of ${name}`,
    open: (name: string) => `Files of ${visible(name) || '(no name)'}`,
    more: (shown: number, all: number) => `The first ${shown} of ${count(all, 'file')}.`,
    reference: 'Revision and file',
  },
  types: REPOSITORY_TYPES,
};
