/**
 * Cloud and hosting providers by autonomous system. In: the number of a system. Out: the provider's name, or ''.
 * Made by hand from the systems' registered names; `npm run tables` says when a number no longer bears such a name.
 * Limits: a system tells whose network it is, not which service. Microsoft's (8075) and Amazon's (16509) hold the
 * companies' own traffic too. GitHub's hosted runners run in Microsoft's and cannot be told apart; 'GitHub' is GitHub's
 * own network. Google's crawlers and offices (15169) are not Google Cloud and have no provider.
 */
const SYSTEMS_OF_PROVIDER: Record<string, number[]> = {
  'Amazon Web Services': [16509, 14618, 8987, 7224, 36263, 21664, 38895, 55960, 135629, 135630],
  'Google Cloud': [396982, 394089, 139070, 139190, 214609, 214611],
  'Microsoft Azure': [8075, 8068, 8069, 8070, 12076, 58593, 200517],
  'Oracle Cloud': [31898, 54253],
  'Alibaba Cloud': [37963, 45102, 134963],
  'Tencent Cloud': [45090, 132203, 133478, 132591, 139341],
  'Huawei Cloud': [55990, 136907, 141180, 131444, 149167, 151610],
  'Baidu Cloud': [38365, 55967],
  'Volcano Engine': [137718],
  BytePlus: [150436],
  UCloud: [135377, 59077],
  'Kingsoft Cloud': [59019, 137280],
  'JD Cloud': [131486, 137753],
  'NAVER Cloud': [23576, 135354],
  'NHN Cloud': [45974, 151386],
  'Sakura Internet': [7684, 9370, 9371, 55897],
  'Yandex Cloud': [200350, 210656, 215013],
  Selectel: [49505, 50340],
  Timeweb: [9123, 210976],
  Hetzner: [24940, 213230, 212317, 215859],
  OVHcloud: [16276, 35540],
  Scaleway: [12876, 29447, 54265, 202023],
  IONOS: [8560],
  Contabo: [51167, 40021, 141995],
  netcup: [197540, 214996],
  UpCloud: [202053, 25697],
  Exoscale: [61098],
  Infomaniak: [29222],
  'Aruba Cloud': [31034, 202613, 200185, 199883, 199653, 205727, 213224],
  PlusServer: [61157],
  Cleura: [42695],
  DigitalOcean: [14061, 393406, 46652],
  'Linode (Akamai)': [63949, 48337],
  Akamai: [20940, 16625, 36183, 35994, 32787, 24319, 34164, 21342, 33905, 12222],
  Vultr: [20473],
  'IBM Cloud': [36351],
  Cloudflare: [13335, 209242, 132892, 202623, 395747, 203898, 394536, 139242],
  Fastly: [54113],
  GitHub: [36459],
  Rackspace: [33070, 19994, 15395, 27357, 24867, 45187, 58683, 39921, 198220, 12200],
  Leaseweb: [
    395954, 60781, 32613, 7203, 30633, 396190, 28753, 27411, 396362, 19148, 394380, 59253, 205544, 393886,
    134351, 133752, 136988,
  ],
  'Datacamp (CDN77)': [212238, 60068],
  'Equinix Metal': [54825],
  'Fly.io': [40509],
  CoreWeave: [33425],
  Lambda: [398090],
  'Latitude.sh': [396356],
  Hivelocity: [29802, 61317],
  'Servers.com': [7979, 61107, 46786],
  Kamatera: [36007, 210329, 215728, 41436, 204548, 396949, 396948, 64022, 54913],
  Hostinger: [47583],
  GoDaddy: [26496, 398101],
  Backblaze: [40401],
  Wasabi: [395717],
};

const providerOfSystem = new Map(
  Object.entries(SYSTEMS_OF_PROVIDER).flatMap(([provider, systems]) =>
    systems.map((system): [number, string] => [system, provider]),
  ),
);

export function providerOf(system: number): string {
  return providerOfSystem.get(system) ?? '';
}

/** Every system of a provider, for the check against the source's names. */
export function providerSystems(): Map<number, string> {
  return new Map(providerOfSystem);
}
