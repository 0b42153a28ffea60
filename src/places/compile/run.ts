/**
 * Makes the bundled tables anew: `npm run tables`. With `--check`, compares the tables that are there with the sources
 * instead, address by address, and writes nothing. `--from DIR` takes packages unpacked in DIR/dbip-country and DIR/asn
 * in place of those that npm has.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { buildPlaces, buildSystems, type Boundaries } from './build-tables.ts';
import { checkTables } from './check-tables.ts';
import { reviewLists } from './review-lists.ts';
import { boundariesOf, readSourceRanges, type SourceRange } from './read-ranges.ts';
import { COUNTRY_PACKAGE, fetchPackage, openPackage, SYSTEM_PACKAGE } from './source-packages.ts';

const TABLES = join(import.meta.dirname, '../tables');
const say = (text: string) => process.stdout.write(`${text}\n`);

const from = process.argv.includes('--from') ? process.argv[process.argv.indexOf('--from') + 1]! : null;
const temporary = mkdtempSync(join(tmpdir(), 'pullscope-tables-'));
try {
  const country = from
    ? openPackage(COUNTRY_PACKAGE, join(from, 'dbip-country'))
    : fetchPackage(COUNTRY_PACKAGE, temporary);
  const system = from
    ? openPackage(SYSTEM_PACKAGE, join(from, 'asn'))
    : fetchPackage(SYSTEM_PACKAGE, temporary);
  const names = new Map<string, string>();
  const sources = {
    countries: {
      ipv4: readSourceRanges(join(country.directory, 'dbip-country-ipv4-num.csv')),
      ipv6: readSourceRanges(join(country.directory, 'dbip-country-ipv6-num.csv')),
    },
    systems: {
      ipv4: readSourceRanges(join(system.directory, 'asn-ipv4-num.csv'), names),
      ipv6: readSourceRanges(join(system.directory, 'asn-ipv6-num.csv'), names),
    },
    names,
  };
  if (process.argv.includes('--check')) {
    const [places, systems] = ['places', 'systems'].map((name) =>
      gunzipSync(readFileSync(join(TABLES, `${name}.bin.gz`))),
    );
    say(checkTables(places!, systems!, sources));
  } else {
    const countries = bothBoundaries(sources.countries);
    const systems = bothBoundaries(sources.systems);
    write('places.bin.gz', buildPlaces(countries, systems, names));
    write('systems.bin.gz', buildSystems(systems, names));
    writeFileSync(
      join(TABLES, 'sources.json'),
      `${JSON.stringify([country.source, system.source], null, 2)}\n`,
    );
    say(reviewLists(sources.systems.ipv4, names));
  }
} finally {
  rmSync(temporary, { recursive: true });
}

function bothBoundaries({ ipv4, ipv6 }: { ipv4: SourceRange[]; ipv6: SourceRange[] }): Boundaries {
  return { ipv4: boundariesOf(ipv4, 0n, 0n), ipv6: boundariesOf(ipv6, 64n, 0x2000n << 48n) };
}

function write(name: string, bytes: Uint8Array): void {
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(join(TABLES, name), packed);
  say(`${name}: ${bytes.length} bytes, ${packed.length} in gzip`);
}
