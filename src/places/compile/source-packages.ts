/**
 * Fetches the sources of the tables. In: names of npm packages. Out: a directory for each, and what the page must say
 * of it. They are packed into a directory for temporary files, never installed: 130 MB that only this command needs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlacesSource } from '../../model/place.ts';

export const COUNTRY_PACKAGE = '@ip-location-db/dbip-country';
export const SYSTEM_PACKAGE = '@ip-location-db/asn';

/** What the packages' licence files ask for. */
const CREDITS: Record<string, Omit<PlacesSource, 'package' | 'version' | 'date'>> = {
  [COUNTRY_PACKAGE]: {
    name: 'DB-IP IP to Country Lite',
    use: 'country',
    licence: 'CC BY 4.0',
    licenceLink: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'IP Geolocation by DB-IP',
    link: 'https://db-ip.com',
  },
  [SYSTEM_PACKAGE]: {
    name: 'ip-location-db ASN: RouteViews, the NRO’s registries, and DB-IP IP to ASN Lite',
    use: 'host, type and autonomous system',
    licence: 'CC BY 4.0',
    licenceLink: 'https://creativecommons.org/licenses/by/4.0/',
    attribution:
      'RouteViews (routeviews.org), NRO (nro.net), DB-IP (db-ip.com); merged by ip-location-db, and by us',
    link: 'https://github.com/sapics/ip-location-db',
  },
};

export interface SourcePackage {
  directory: string;
  source: PlacesSource;
}

export function fetchPackage(name: string, below: string): SourcePackage {
  const directory = join(below, name.replace(/\W+/g, '-'));
  mkdirSync(directory, { recursive: true });
  const [archive] = execFileSync('npm', ['pack', '--silent', name], { cwd: directory, encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(-1);
  execFileSync('tar', ['xzf', archive!], { cwd: directory });
  return openPackage(name, join(directory, 'package'));
}

export function openPackage(name: string, directory: string): SourcePackage {
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  // 2.3.2026060120: the day, and the hour, stand in the third number.
  const date = /\.(\d{4})(\d\d)(\d\d)\d*$/.exec(version);
  if (!date)
    throw new Error(`${name} ${version}: no date in the version. Read its date and change this script.`);
  return {
    directory,
    source: { ...CREDITS[name]!, package: name, version, date: date.slice(1).join('-') },
  };
}
