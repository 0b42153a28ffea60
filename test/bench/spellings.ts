/**
 * How logs write the requests of the bench (generate.ts), laid out as their fixtures are. In: a request. Out: a line
 * without its end. Limits: times to the second, so that all formats hold the same ones.
 */
import { commonTime } from '../helpers/log-lines.ts';

export interface Line {
  time: number;
  client: string;
  method: string;
  path: string;
  status: number;
  size: number;
  agent: string;
}

/** Seconds as nginx writes them; neighbouring lines share them. */
let lastSecond = -1;
let lastTime = '';

function secondOf(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastTime = commonTime(second * 1000);
  }
  return lastTime;
}

function nginxLine({ time, client, method, path, status, size, agent }: Line): string {
  return `${client} - - [${secondOf(time)}] "${method} ${path} HTTP/1.1" ${status} ${size} "-" "${agent.replaceAll('\\', '\\x5C')}"`;
}

/** The logger's lines carry no fraction here, so that all formats hold the same times. */
function isoSecond(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', '.000000001Z');
}

const MESSAGE = (status: number) => (status < 400 ? 'response completed' : 'response completed with error');
const ID = '8ad9c2f0-5b0f-4f6e-9d3c-2f6e5b0f4f6e';

function logfmtLine({ time, client, method, path, status, size, agent }: Line): string {
  return `time="${isoSecond(time)}" level=info msg="${MESSAGE(status)}" environment=production go.version=go1.22.4 http.request.host="registry.example:5000" http.request.id=${ID} http.request.method=${method} http.request.remoteaddr="${client}:48714" http.request.uri="${path}" http.request.useragent="${agent.replaceAll('\\', '\\\\')}" http.response.contenttype="application/vnd.oci.image.index.v1+json" http.response.duration=1.641194ms http.response.status=${status} http.response.written=${size} instance.id=${ID} service=registry version=v3.1.0`;
}

function jsonLine({ time, client, method, path, status, size, agent }: Line): string {
  return `{"environment":"production","go.version":"go1.22.4","http.request.host":"registry.example:5000","http.request.id":"${ID}","http.request.method":"${method}","http.request.remoteaddr":"${client}:48714","http.request.uri":"${path}","http.request.useragent":"${agent.replaceAll('\\', '\\\\')}","http.response.contenttype":"application/vnd.oci.image.index.v1+json","http.response.duration":"1.641194ms","http.response.status":${status},"http.response.written":${size},"instance.id":"${ID}","level":"info","msg":"${MESSAGE(status)}","service":"registry","time":"${isoSecond(time)}","version":"v3.1.0"}`;
}

function traefikLine({ time, client, method, path, status, size, agent }: Line): string {
  const host = 'registry.example.com';
  return `{"ClientAddr":"${client}:48714","ClientHost":"${client}","ClientPort":"48714","ClientUsername":"-","DownstreamContentSize":${size},"DownstreamStatus":${status},"Duration":1641194,"OriginContentSize":${size},"OriginDuration":1600000,"OriginStatus":${status},"Overhead":41194,"RequestAddr":"${host}","RequestContentSize":0,"RequestCount":7,"RequestHost":"${host}","RequestMethod":"${method}","RequestPath":"${path}","RequestPort":"-","RequestProtocol":"HTTP/2.0","RequestScheme":"https","RetryAttempts":0,"RouterName":"registry@docker","ServiceAddr":"10.0.0.5:5000","ServiceName":"registry@docker","ServiceURL":"http://10.0.0.5:5000","StartLocal":"${isoSecond(time)}","StartUTC":"${isoSecond(time)}","entryPointName":"websecure","level":"info","msg":"","request_User-Agent":${JSON.stringify(agent)},"time":"${isoSecond(time)}"}`;
}

function caddyLine({ time, client, method, path, status, size, agent }: Line): string {
  return `{"level":"info","ts":${Math.floor(time / 1000)}.0000001,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"${client}","remote_port":"48714","client_ip":"${client}","proto":"HTTP/2.0","method":"${method}","host":"registry.example.com","uri":"${path}","headers":{"Accept":["application/vnd.oci.image.manifest.v1+json"],"User-Agent":[${JSON.stringify(agent)}]},"tls":{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"registry.example.com"}},"bytes_read":0,"user_id":"","duration":0.012105035,"size":${size},"status":${status},"resp_headers":{"Server":["Caddy"],"Alt-Svc":["h3=\\":443\\"; ma=2592000"],"Content-Type":["application/json; charset=utf-8"]}}`;
}

/** httplog by way of syslog, with the agent captured. */
function haproxyLine({ time, client, method, path, status, size, agent }: Line): string {
  const second = secondOf(time);
  const stamp = `${second.slice(3, 6)} ${second.slice(0, 2).replace(/^0/, ' ')} ${second.slice(12, 20)}`;
  return `${stamp} edge-1 haproxy[27982]: ${client}:48714 [${second.slice(0, 20)}.000] registry-in~ registry/reg1 0/0/1/59/60 ${status} ${size} - - ---- 2/1/0/0/0 0/0 {${agent}} "${method} ${path} HTTP/1.1"`;
}

/** How each format writes a request. */
export const SPELLINGS = {
  nginx: nginxLine,
  logfmt: logfmtLine,
  json: jsonLine,
  'traefik-json': traefikLine,
  caddy: caddyLine,
  haproxy: haproxyLine,
  'ingress-nginx': (line: Line) =>
    `${nginxLine(line)} 312 0.004 [kube-registry-5000] [] 10.0.0.5:5000 ${line.size} 0.004 ${line.status} ${ID}`,
  'apache-vhost': (line: Line) => `registry.example:443 ${nginxLine(line)}`,
  docker: (line: Line) =>
    JSON.stringify({ log: `${nginxLine(line)}\n`, stream: 'stdout', time: isoSecond(line.time) }),
};

export type BenchFormat = keyof typeof SPELLINGS;
