/**
 * What people and programs call the fields. In: the name of a group or of a JSON key. Out: the field, or null.
 * Sources: grok's patterns, the variables of nginx, the JSON logs of Caddy, Traefik, GitLab, zot and Envoy.
 */
import type { LineField } from '../../model/line-pattern.ts';

const NAMES: Record<Exclude<LineField, 'skip'>, string> = {
  client: 'ip client clientip address addr remote remoteaddr remoteip remotehost clienthost clientaddr',
  forwarded: 'xff forwarded forwardedfor xforwardedfor httpxforwardedfor realip xrealip',
  time: 'time timestamp datetime timelocal timeiso8601 date ts t msec accesstime startutc starttime',
  request: 'request requestline',
  method: 'method verb requestmethod httpmethod m',
  target: 'path uri url target requesturi requestpath u',
  status: 'status statuscode code response responsecode downstreamstatus s',
  written: 'bytes size written bodybytessent bytessent downstreamcontentsize b',
  agent: 'ua agent useragent httpuseragent requestuseragent',
  digest: 'digest dockercontentdigest contentdigest downstreamdockercontentdigest',
};

const FIELDS = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(' ').map((name): [string, LineField] => [name, field as LineField]),
  ),
);

export const fieldByName = (name: string): LineField | null =>
  FIELDS.get(name.toLowerCase().replace(/[^a-z\d]/g, '')) ?? null;
