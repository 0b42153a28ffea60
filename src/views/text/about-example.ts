/** Lines of a log and what they count as, to be read by people; a test reads them with the scanner and the rules. */
const hex = (digit: string) => `sha256:${digit.repeat(64)}`;
const line = (time: string, request: string, agent = 'docker/27.3.1') =>
  `192.0.2.7 - - [21/Nov/2026:${time} +0000] "${request} HTTP/1.1" 200 1500 "-" "${agent}"`;
const TAG = '/v2/acme/api/manifests/1.27';
const ofDigest = (digit: string) => `/v2/acme/api/manifests/${hex(digit)}`;

export type ExampleAction = 'pull_by_tag' | 'pull_by_digest' | 'version_check';

/** Requests of one client, put together as they fold: each group is one action. */
export const EXAMPLE: { lines: string[]; action: ExampleAction; why: string }[] = [
  {
    lines: [
      line('10:00:00', `HEAD ${TAG}`),
      line('10:00:01', `GET ${ofDigest('a')}`),
      line('10:00:02', `GET ${ofDigest('b')}`),
    ],
    action: 'pull_by_tag',
    why: 'The tag is looked up, its index is fetched, then the manifest for one platform: one pull.',
  },
  {
    lines: [line('10:05:00', `HEAD ${TAG}`)],
    action: 'version_check',
    why: 'Nothing follows within five seconds: the client has what the tag stands for.',
  },
  {
    lines: [line('10:10:00', `GET ${ofDigest('a')}`)],
    action: 'pull_by_digest',
    why: 'No tag was asked for before.',
  },
  {
    lines: [line('10:15:00', `HEAD ${TAG}`)],
    action: 'version_check',
    why: 'The next request is six seconds later.',
  },
  {
    lines: [line('10:15:06', `GET ${ofDigest('a')}`)],
    action: 'pull_by_digest',
    why: 'Too late to belong to the look-up before.',
  },
];
