/**
 * Strings of the page about this page. They come with it, and not with the start page (text.ts), which must stay small.
 */
import { RULES_VERSION } from '../../model/counting-rules.ts';
import { EXAMPLE, type ExampleAction } from './about-example.ts';
import { SAMPLES } from './about-samples.ts';

export const aboutText = {
  title: 'About this page',
  lead: 'What it counts and by which rule, what every column means, which files it reads, and how to check that it keeps them to itself.',
  contents: 'On this page',

  rules: {
    title: 'What counts as a pull',
    lead: 'A log holds requests; a person means pulls. Requests for manifests of one address for one repository belong together when each follows the one before within five seconds. So one “docker pull” is one pull, however many requests it makes.',
    region: 'Table of the rule, can be scrolled',
    columns: { request: 'Request', joins: 'Belongs to', alone: 'Otherwise it is' },
    rows: [
      {
        request: 'HEAD of a tag',
        joins: 'What follows it.',
        alone: 'A version check, when no GET follows: the tag was looked up, nothing was fetched.',
      },
      {
        request: 'GET of a tag',
        joins: 'A HEAD of the same tag before it: together a pull by tag.',
        alone: 'The beginning of a pull by tag.',
      },
      {
        request: 'HEAD of a digest',
        joins: 'What follows it.',
        alone: 'The beginning of a pull by digest.',
      },
      {
        request: 'GET of a digest',
        joins:
          'A HEAD of the same digest, or of a tag that stands for it or of which the log shows no digest. Or the GET of another manifest before it, as its last part.',
        alone: 'The beginning of a pull by digest.',
      },
    ],
    not: [
      'Answers with status 200 to 299, 302, 303, 304 and 307 count. Others are dropped before requests are put together, and stand in the account by their status.',
      'Layers, logins, uploads and lists of tags are registry traffic, and no pull of their own. PUT, POST, PATCH and DELETE are never one.',
      'Look-ups of signatures and attestations (sha256-….sig, .att, .sbom) are set aside; a switch counts them.',
      'Unique IP addresses are different addresses behind all actions, version checks too. They are counted anew for every row and every span, and never added up.',
      'Of files of hubs (/resolve/…), each request for a counted file of a model (config.json, any .gguf) is one download; of a dataset or space, all that one address asks within five minutes is one.',
    ],
    changes: 'Settings can change the five seconds, and what else is put together.',
  },

  example: {
    title: 'An example',
    lead: 'Seven requests of one client, and the five actions that they are.',
    region: 'Table of the example, can be scrolled',
    columns: { requests: 'Requests', action: 'Counted as', why: 'Why' },
    groups: EXAMPLE,
    actions: {
      pull_by_tag: 'Pull by tag',
      pull_by_digest: 'Pull by digest',
      version_check: 'Version check',
    } satisfies Record<ExampleAction, string>,
    try: 'Count these lines here',
    file: 'example.log',
  },

  columns: {
    title: 'What the columns mean',
    tables: [
      {
        title: 'Raw CSV: a row for each action, in time order',
        columns: [
          ['timestamp', 'When its first request was made, by UTC: 2026-11-21 10:00:00.'],
          ['namespace', 'What stands before the first slash of the name; empty when there is none.'],
          ['repository', 'The rest of the name.'],
          ['reference', 'What was asked for: the tag or the digest.'],
          ['digest', 'The digest, where the log or a request that followed tells it.'],
          ['tag', 'The tag, when it was asked for by tag.'],
          ['action_day', 'The UTC day of the first request.'],
          ['http_method', 'GET when one of its requests was a GET, else HEAD.'],
          ['action', 'pull_by_tag, pull_by_digest, version_check, or download of a hub’s file.'],
          ['type', 'Whose network: business, isp, hosting, education; empty when it is not known.'],
          ['host', 'The cloud provider; empty when it is none or not known.'],
          ['country', 'Two letters (ISO 3166-1); empty when it is not known.'],
          ['user_agent_tool', 'The program that asked.'],
          ['user_agent_version', 'Its version.'],
        ],
      },
      {
        title: 'Summary CSV: a row for each tag or digest, repository or namespace',
        columns: [
          ['namespace', 'As above.'],
          ['repository', 'As above; not in a summary by namespace.'],
          ['reference', 'As above; only in a summary by tag and digest.'],
          [
            'unique_ip_addresses',
            'Different addresses behind the row, version checks too. Never a sum of rows.',
          ],
          ['pulls_by_tag', 'Pulls that asked for a tag.'],
          ['pulls_by_digest', 'Pulls that asked for a digest alone.'],
          ['version_checks', 'Look-ups of a tag after which nothing was fetched.'],
        ],
      },
      {
        title: 'Daily CSV: a row for each repository and day',
        columns: [
          ['repoType', 'image, model, dataset or space.'],
          ['repoName', 'The whole name.'],
          [
            'total',
            'All downloads of the repository in the data, the same on each of its rows: never add it up.',
          ],
          ['timestamp', 'The day, at 00:00 UTC.'],
          ['downloads', 'Pulls by tag and by digest, or downloads, of that day. Version checks are none.'],
        ],
      },
      {
        title: 'Tables on the page',
        columns: [
          ['Pulls', 'Pulls by tag and by digest together.'],
          ['Checks', 'Version checks.'],
          ['Unique IPs', 'Different addresses behind the row.'],
          ['Change', 'Against the earlier period, where both are covered to 95 in 100.'],
          ['Trend', 'Pulls over the days shown, each row on its own scale unless you choose one for all.'],
          ['Last pull', 'The last in the days and filters shown.'],
          ['First seen', 'The first time in all files.'],
        ],
      },
    ] as { title: string; columns: [name: string, meaning: string][] }[],
  },

  formats: {
    title: 'What it reads',
    lead: 'What a file is, is told by its content. A sample shows how a line, or the first line of a table, begins.',
    groups: {
      registries: 'Registries',
      proxies: 'Proxies and clouds',
      machines: 'Around a line',
      tables: 'Tables',
      packed: 'Packed and kept',
    },
    /** By the name of a file; the id is that of its reader. */
    samples: SAMPLES,
    rest: 'Any other line around a quoted request is read by its shape, any other CSV once you say what its columns are, and a layout of your own under “Own formats”.',
  },

  privacy: {
    title: 'Nothing is uploaded, and how to check that',
    lead: 'Your files are read by this page, in your browser. Three ways to see that they stay there:',
    policy: 'The policy of this page',
    policyNote:
      'The browser enforces it, for the workers that read the files too. “connect-src” says where the page may connect to: ‘none’ is nowhere, not even its own server.',
    noPolicy: 'This copy of the page runs without a policy: it is not a build of it.',
    requests: 'What this page has loaded',
    own: (files: number) =>
      `${files === 1 ? 'One part' : `${files} parts`} of itself, from where it came from; the list grows when a part is needed for the first time.`,
    others: (requests: number) =>
      requests === 0
        ? 'Requests to anywhere else since it was opened: 0.'
        : `Requests to anywhere else: ${requests}.`,
    list: 'List them',
    offline: 'Switch your network off',
    offlineNote: 'The page goes on working: read files, look at figures, save CSVs.',
  },

  versions: {
    title: 'Changes to the rules',
    lead: `Figures are counted by version ${RULES_VERSION} of the rules. Whatever is kept in this browser, or in a session file, is counted anew by the rules of the page that opens it; the zip of all periods names the version in its manifest.json.`,
    version: 'Version',
    change: 'What changed',
    /** Newest first; a change of figures by the same choices adds one. */
    list: [
      [
        1,
        'The first: the documented rule of Docker Hub’s Insights and analytics for pulls and version checks, and that of Hugging Face for downloads.',
      ],
    ] as [version: number, change: string][],
  },
};
