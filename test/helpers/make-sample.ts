/**
 * Writes sample.log.gz, the log behind "Try with sample data": three months of a small company's registry, as nginx
 * writes it. Seeded: the same bytes every time. Run: npx tsx test/helpers/make-sample.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { digest, logLine, pick } from './log-lines.ts';
import { randomNumbers } from './random-numbers.ts';

const SEED = 20260801;
const START = Date.UTC(2026, 7, 1);
const DAYS = 92;
const DAY = 86_400_000;
/** Nothing was logged on these days: the disk was full. */
const GAP = [47, 48];
/** 1.27 is released on this day and adopted over four weeks. */
const EARLIER_RELEASE = 13;
/** 1.28 is released on this day and adopted over two weeks. */
const RELEASE = 55;
const STORM = 71;
const LOOP = 30;

const random = randomNumbers(SEED);
const lines: { time: number; text: string }[] = [];

const DOCKER = (version: string) =>
  String.raw`docker/${version} go/go1.22.4 git-commit/de5c9cf kernel/6.8.0-45-generic os/linux arch/amd64 UpstreamClient(Docker-Client/${version} \x5C(linux\x5C))`;
const AGENTS = {
  docker: ['24.0.7', '26.1.4', '27.3.1', '28.2.2', '29.1.3'].map(DOCKER),
  containerd: ['containerd/1.6.21+unknown', 'containerd/1.7.24', 'containerd/v2.1.4'],
  podman: ['containers/5.34.2 (github.com/containers/image)'],
  skopeo: ['skopeo/1.13.3', 'skopeo/1.18.0'],
  build: ['buildkit/v0.17', 'kaniko/v1.23.2'],
  update: [
    'Watchtower/1.7.1',
    'RenovateBot/41.30.0 (https://github.com/renovatebot/renovate)',
    'diun/4.29.0 go/1.23.4 Linux',
  ],
  helm: ['Helm/3.16.2'],
  cosign: ['cosign/v2.4.1 (linux; amd64)'],
};

const REPOSITORIES = [
  { name: 'acme/web', share: 34, released: true },
  { name: 'acme/api', share: 28, released: true },
  { name: 'acme/worker', share: 14, released: false },
  { name: 'tools/ci-runner', share: 12, released: false },
  { name: 'charts/edge-proxy', share: 6, released: false },
  { name: 'busybox', share: 6, released: false },
];

function add(
  time: number,
  client: string,
  method: string,
  path: string,
  status: number,
  size: number,
  agent: string,
) {
  lines.push({ time, text: logLine(time, client, method, path, status, size, agent) });
}

/** Networks of providers, clouds and a university, so that countries and types show; who uses them is invented. */
const NETWORKS = [
  // People at work and at home: DE, GB, US, FR, JP, BR, IN, SE, and a university.
  [
    '84.158.16',
    '86.7.32',
    '73.162.48',
    '90.63.64',
    '126.40.80',
    '189.6.96',
    '49.36.112',
    '81.230.20',
    '129.132.60',
  ],
  // Clusters: AWS, Google, Azure, Hetzner, OVH.
  ['3.120.10', '18.185.30', '34.89.120', '20.79.40', '88.99.60', '51.75.70'],
  // CI: GitHub, Azure, DigitalOcean.
  ['140.82.112', '20.150.20', '167.99.80'],
];

function address(group: number, member: number): string {
  const networks = NETWORKS[group];
  if (networks) {
    const host = 1 + (Math.floor(member / networks.length) % [24, 20, 20][group]!);
    return `${networks[member % networks.length]}.${host}`;
  }
  if (group === 3) return `2a01:4f8:c0c:${(member % 12).toString(16)}::${(1 + (member % 9)).toString(16)}`;
  return `10.20.0.${1 + (member % 8)}`;
}

function tagOf(repository: (typeof REPOSITORIES)[number], day: number): string {
  if (!repository.released) return pick(random, ['latest', 'latest', '2.4.1', '2.4', 'stable']);
  const adopted = (release: number, days: number) => Math.max(0, Math.min(0.85, (day - release) / days));
  const newest = adopted(RELEASE, 14);
  const draw = random();
  if (draw < newest) return pick(random, ['1.28.0', '1.28.0', '1.28', 'latest']);
  if ((draw - newest) / (1 - newest) < adopted(EARLIER_RELEASE, 28))
    return pick(
      random,
      day < RELEASE - 20
        ? ['1.27.3', '1.27.3', '1.27', 'latest']
        : ['1.27.4', '1.27.4', '1.27.3', '1.27', 'latest'],
    );
  return pick(random, ['1.26.2', '1.26.2', '1.26.1', '1.26', 'latest']);
}

function blobs(time: number, client: string, name: string, agent: string, count: number) {
  for (let i = 0; i < count; i++) {
    const layer = digest(`${name} layer ${Math.floor(random() * 30)}`);
    add(time + 700 + i * 300, client, 'GET', `/v2/${name}/blobs/${layer}`, 200, 2_000_000 + i * 911, agent);
  }
}

/** One docker or containerd pull: HEAD by tag, index, platform manifest, perhaps layers. */
function pullMultiArch(time: number, client: string, name: string, tag: string, agent: string) {
  const index = digest(`${name}:${tag}`);
  add(time, client, 'HEAD', `/v2/${name}/manifests/${tag}`, 200, 0, agent);
  add(time + 400, client, 'GET', `/v2/${name}/manifests/${index}`, 200, 1609, agent);
  add(time + 900, client, 'GET', `/v2/${name}/manifests/${digest(index)}`, 200, 1022, agent);
  // Docker 29 asks for the attestation as well: strictly an action of its own, by the switch a part of the pull.
  if (agent.startsWith('docker/29')) {
    add(
      time + 1200,
      client,
      'GET',
      `/v2/${name}/manifests/${digest(`${index} attestation`)}`,
      200,
      841,
      agent,
    );
  }
  if (random() < 0.35) blobs(time + 900, client, name, agent, 1 + Math.floor(random() * 3));
}

function oneVisit(day: number, time: number) {
  let share = random() * 100;
  const repository = REPOSITORIES.find(({ share: part }) => (share -= part) < 0) ?? REPOSITORIES[0]!;
  const { name } = repository;
  const tag = tagOf(repository, day);
  const member = Math.floor(random() * random() * 400);
  const kind = random();
  if (kind < 0.3) {
    const client = address(0, member);
    const agent = pick(random, AGENTS.docker);
    if (member % 3 === 0) {
      add(time - 300, client, 'GET', '/v2/', 401, 87, agent);
      add(
        time - 200,
        client,
        'GET',
        `/service/token?scope=repository:${name}:pull&service=registry`,
        200,
        1210,
        agent,
      );
      add(time - 100, client, 'HEAD', `/v2/${name}/manifests/${tag}`, 401, 0, agent);
    }
    pullMultiArch(time, client, name, tag, agent);
  } else if (kind < 0.44) pullMultiArch(time, address(1, member), name, tag, pick(random, AGENTS.containerd));
  else if (kind < 0.68) {
    const client = address(2, member);
    add(
      time,
      client,
      'HEAD',
      `/v2/${name}/manifests/${pick(random, ['latest', tag])}`,
      200,
      0,
      pick(random, AGENTS.update),
    );
  } else if (kind < 0.76) {
    const client = address(3, member);
    const agent = pick(random, [...AGENTS.podman, ...AGENTS.skopeo]);
    add(time, client, 'GET', `/v2/${name}/manifests/${tag}`, 200, 1609, agent);
    add(
      time + 300,
      client,
      'GET',
      `/v2/${name}/manifests/${digest(digest(`${name}:${tag}`))}`,
      200,
      1022,
      agent,
    );
  } else if (kind < 0.86) {
    const pinned = digest(`${name}:${tag}`);
    const agent = pick(random, AGENTS.containerd);
    add(time, address(1, member), 'HEAD', `/v2/${name}/manifests/${pinned}`, 200, 0, agent);
    if (random() < 0.5)
      add(time + 400, address(1, member), 'GET', `/v2/${name}/manifests/${pinned}`, 200, 1609, agent);
  } else if (kind < 0.92) {
    add(
      time,
      address(4, member),
      'GET',
      `/v2/${name}/manifests/${tag}`,
      200,
      1022,
      pick(random, AGENTS.build),
    );
  } else if (kind < 0.95) {
    const signature = digest(`${name}:${tag}`).replace(':', '-');
    const client = address(4, member);
    add(time, client, 'GET', `/v2/${name}/manifests/${signature}.sig`, 200, 558, AGENTS.cosign[0]!);
    add(time + 200, client, 'GET', `/v2/${name}/manifests/${signature}.att`, 404, 99, AGENTS.cosign[0]!);
  } else if (kind < 0.97) {
    add(time, address(0, member), 'GET', '/v2/charts/edge-proxy/manifests/0.9.2', 200, 726, AGENTS.helm[0]!);
  } else if (kind < 0.985) {
    add(
      time,
      address(0, member),
      'HEAD',
      `/v2/${name}/manifests/no-such-tag`,
      404,
      0,
      pick(random, AGENTS.docker),
    );
  } else {
    const client = `192.0.2.${200 + (member % 20)}`;
    add(
      time,
      client,
      'GET',
      pick(random, ['/wp-login.php', '/.env', '/v2/_catalog', `/v2/${name}/tags/list`]),
      404,
      153,
      'Mozilla/5.0 zgrab/0.x',
    );
  }
}

/** A build pushes an image: a HEAD that finds nothing, or the tag's last image, uploads, the manifest. */
function push(time: number, name: string, tag: string, found = 404) {
  const client = address(4, 3);
  const agent = AGENTS.build[0]!;
  add(time, client, 'HEAD', `/v2/${name}/manifests/${tag}`, found, 0, agent);
  for (let i = 0; i < 3; i++) {
    add(time + 1000 + i * 900, client, 'POST', `/v2/${name}/blobs/uploads/`, 202, 0, agent);
    add(time + 1400 + i * 900, client, 'PUT', `/v2/${name}/blobs/uploads/5b0f2f6e-${i}`, 201, 0, agent);
  }
  add(time + 5000, client, 'PUT', `/v2/${name}/manifests/${tag}`, 201, 0, agent);
}

for (let day = 0; day < DAYS; day++) {
  if (GAP.includes(day)) continue;
  const midnight = START + day * DAY;
  const weekday = new Date(midnight).getUTCDay();
  const visits = Math.round((weekday === 0 || weekday === 6 ? 38 : 78) * (0.9 + day / 300 + random() * 0.2));
  for (let i = 0; i < visits; i++) {
    // Two draws in three fall into working hours.
    const hour = random() < 0.66 ? 7 + random() * 11 : random() * 24;
    oneVisit(day, midnight + 2000 + Math.min(hour * 3_600_000, DAY - 120_000));
  }
  for (let hour = 0; hour < 24; hour += 2) {
    add(midnight + hour * 3_600_000 + 1000, '10.20.0.250', 'GET', '/', 200, 0, 'kube-probe/1.31');
    add(midnight + hour * 3_600_000 + 1_801_000, '10.20.0.250', 'GET', '/v2/', 200, 2, 'kube-probe/1.31');
  }
  add(midnight + DAY - 3000, '10.20.0.250', 'GET', '/v2/', 200, 2, 'kube-probe/1.31');
  if (day % 9 === 4) {
    push(midnight + 36_000_000, 'acme/worker', `2.4.${Math.floor(day / 9)}`);
    push(midnight + 36_010_000, 'acme/worker', 'latest', 200);
  }
}
for (const name of ['acme/web', 'acme/api']) push(START + RELEASE * DAY + 32_400_000, name, '1.28.0');
// An update checker that somebody set to every five minutes.
for (let i = 0; i < 60; i++) {
  const time = START + LOOP * DAY + 3_600_000 + i * 300_000;
  add(time, '203.0.113.77', 'HEAD', '/v2/charts/edge-proxy/manifests/latest', 200, 0, AGENTS.update[0]!);
}
for (let i = 0; i < 300; i++) {
  const time = START + STORM * DAY + 50_400_000 + i * 11_000;
  add(
    time,
    '198.51.100.250',
    'GET',
    '/v2/tools/ci-runner/manifests/latest',
    i % 60 === 59 ? 429 : 200,
    1022,
    'kaniko/v1.23.2',
  );
}

lines.sort((a, b) => a.time - b.time);
const texts = lines.map(({ text }) => text);
// A disk that was full, and somebody's echo into the log.
texts.splice(9000, 0, texts[9000]!.slice(0, 31));
texts.splice(9400, 0, '\u0000\u0000\u0000\u0000 a block that the disk lost');
texts.splice(12000, 0, '--- log rotated by hand ---');
const target = fileURLToPath(new URL('../../src/session/sample/sample.log.gz', import.meta.url));
writeFileSync(target, gzipSync(texts.join('\n') + '\n', { level: 9 }));
