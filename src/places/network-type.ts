/**
 * What sort of network: by the list of known systems first, by words of the organisation's name after.
 * In: the number of an autonomous system and its registered organisation. Out: a type, and what it rests on.
 *
 *   isp        sells access: telephone and cable companies, mobile networks, carriers, local access networks
 *   hosting    rents or runs servers for others: clouds, hosting, data centres, content delivery
 *   education  universities, colleges, schools, and the networks that join them
 *   business   an organisation's own network: companies, banks, hospitals, governments, armed forces
 *
 * A name earns points for words; the type with most points wins, and a tie is empty rather than guessed. Measured
 * precision: README.md of this room. Limits: an isp's name says nothing about which of its customers asked.
 */
import type { Basis, NetworkType } from '../model/place.ts';
import { KNOWN_NETWORKS } from './known-networks.ts';
import { providerOf } from './providers.ts';

const RULES: [type: Exclude<NetworkType, ''>, points: number, words: RegExp][] = [
  // A university's hospital is a hospital, a teachers' credit union a bank.
  [
    'business',
    5,
    /\b(hospital|hopita|ospedal|krankenhaus|klinik|clinic|medical (cent|group)|medicine|health(care)?\b(?! science)|university press|credit (union|agricole|suisse)|bank\b|banco\b|banque|banca\b|bancorp|insurance|assurance|versicherung|securities)/,
  ],
  [
    'education',
    4,
    /\b(universi(?!al)|univerz|uniwersyt|college\b|colegio|school|schule|hochschule|escola|escuela|ecole\b|facultad|faculd|academic|academy\b|akademi|polytechnic|politechni|politekni|politecnic|politehnic|institute? of technology|instituto (tecnologico|politecnico)|education|regents|campus\b|lycee|lyceum|gakuen|gakuin|sekolah|(research|educational) network|cernet|sunet\b|renater|heanet|cesnet|belnet|garr\b|janet\b|aarnet|restena|geant\b|internet2|k-?12\b|student)/,
  ],
  [
    'business',
    4,
    /ministeri|\b(ministr|minister|government|gobierno|gobernacion|governo|regione\b|landsting|municipio|aeronautics|gouvernement|(dep(artment|t\.?|artamento) of|departamento de)|commonwealth of|state of|city of|county of|town of|municipal|prefeitura|prefectur|parliament|senado|senate|police|policia|court\b|tribunal|customs\b|armed forces|army\b|navy\b|naval\b|air force|military|defen[cs]e|dod\b|federal reserve|treasury|revenue|public safety|airport|flughafen|airlines?\b|airways|railway|railroad|pharma|biotech|dinas\b|kabupaten|pemerintah|embassy|nations\b|central securities)/,
  ],
  [
    'business',
    3,
    /\b(capital (management|partners|group|markets)|asset management|investments?\b|finance|financial|financiera|payments?\b|holdings? (bank|insurance)|mutual\b|pension|hedge fund|stock exchange|brokerage|accountan|attorneys|law (firm|offices)|llp\b|motors?\b|automotive|automobil|aerospace|aviation|steel\b|stahl|chemical|mining\b|petroleum|petrol\b|oil (and|&) gas|refin(ery|ing)|foods?\b|beverage|brew|retail|stores\b|supermarket|hotels?\b|casino|resorts?\b|logistics|manufactur|industries\b|electronics\b|semiconductor|laboratories\b|construction|cement|textile|furniture|newspaper|publish|broadcasting corp|religious|church|diocese|museum|foods)/,
  ],
  [
    'business',
    3,
    /\b(accenture|deloitte|kpmg|pricewaterhouse|ernst (&|and) young|capgemini|infosys|wipro|cognizant|siemens|bosch\b|volkswagen|audi\b|bmw\b|daimler|porsche|toyota|honda\b|hitachi|mitsubishi|panasonic|canon\b|samsung|nestle|unilever|bayer\b|basf|novartis|roche\b|pfizer|astrazeneca|glaxo|sanofi|shell\b|bp america|exxon|chevron|boeing|airbus|lockheed|raytheon|general (electric|motors|mills)|caterpillar|walmart|target corp|home depot|best buy|pepsico|coca.?cola|mcdonald|disney|netflix|spotify|twitter|facebook|meta platforms|linkedin|adobe|sap se|intuit\b|visa (inc|international)|mastercard|paypal|goldman|morgan stanley|citigroup|barclays|nordea|moody|bloomberg|reuters|xerox|hewlett|dell\b|intel corp|qualcomm|nvidia|philips\b|ericsson|nokia\b|schneider electric|abb\b|thales|vattenfall|edf\b|enel\b|e\.on\b)/,
  ],
  [
    'isp',
    3,
    /(tele?com(?!puter|mut)|telekom|teleinformatica|telephon|telefon|hellovision|broadband|breitband|glasfaser|stadtnetz|bredband|\bbanda larga|\bfib(er|re|ra)(?!e? ?glass)|fibra\b|\bcable ?(tv|vision|tele|net|one)?\b|cablevision|kabel|catv\b|\bwireless|wi-?fi\b|\bwisp\b|\bisp\b|internet (service|access) provider|internet (services|servicos|access|banda|ltda|eireli)|\bprovedor|provider(es)? de|\bmobile (tele|comm|net|phone)|\bcellular|\bcelular|\bgsm\b|satellite (comm|inter|net|tv)|elektrosvyaz|svyaz|chinanet|china (mobile|unicom|telecom|tietong)|vodafone|verizon|comcast|t-mobile|viettel|\bmts pjsc|orange (s\.?a|espagne|polska|belgium)|\btelia\b|telenor|\bman network|fixed line|backbone\b|iletisim|komunikas|komunikacij|cablodistribution|multimidia|lintas|jaringan|nusantara)/,
  ],
  [
    'isp',
    1,
    /\b(internet|comm?unica[tcz]|communications?\b|comunicac|comunicaz|online\b|connect\b|conect|cable)|\w{2}net\b|[a-z]\.net\b/,
  ],
  [
    'hosting',
    3,
    /(hosting|\bhost(er|inger|winds|gator|mania|papa|zone|europe|pro|net|name|way|key)?\b|webhost|\bhosted\b|\bvps\b|\bvirtual (private )?servers?|dedicated servers?|servidores|\bservers?\b(?! (farm )?bank)|data ?cent(er|re)s?\b|datacent|rechenzentrum|\bcolo(cation)?\b|\bcloud|cloud\b|\bcdn\b|content delivery|web hosting|\bracks?(pace)?\b|bare metal)/,
  ],
];

export function networkTypeOf(system: number, organisation: string): { type: NetworkType; basis: Basis } {
  const known = KNOWN_NETWORKS.get(system);
  if (known) return { type: known.type, basis: 'list' };
  if (providerOf(system)) return { type: 'hosting', basis: 'list' };
  const type = networkTypeOfName(organisation);
  return { type, basis: type === '' ? '' : 'name rule' };
}

function networkTypeOfName(organisation: string): NetworkType {
  const name = organisation
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  const points = new Map<NetworkType, number>();
  for (const [type, count, words] of RULES)
    if (count > (points.get(type) ?? 0) && words.test(name)) points.set(type, count);
  const most = Math.max(0, ...points.values());
  const winners = [...points].filter(([, count]) => count === most);
  return winners.length === 1 ? winners[0]![0] : '';
}
