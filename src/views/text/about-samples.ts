/**
 * How files begin: a line of a log, the first line of a table. By the name in where-from.ts; the id is that of the reader.
 * A test compares them with the samples and fixtures that the readers are tested with.
 */
export const SAMPLES: [name: string, id: string, sample: string][] = [
  [
    'distribution (registry 2, 3)',
    'distribution-logfmt',
    'time="2026-11-21T03:09:37.22786435Z" level=info msg="response completed" go.version=go1.19.8',
  ],
  [
    'distribution (registry 2, 3)',
    'distribution-json',
    '{"go.version":"go1.19.8","http.request.host":"registry.example","http.request.method":"GET"',
  ],
  [
    'Registry notifications',
    'distribution-events',
    '{"id":"e1","timestamp":"2026-11-14T06:00:01.097003594+01:00","action":"pull","target":{',
  ],
  [
    'GitLab registry',
    'gitlab-registry',
    '{"correlation_id":"01JKY0ZM98CD4295","method":"HEAD","msg":"access"',
  ],
  ['zot', 'zot', '{"time":"2026-09-27T14:54:50.91319525Z","level":"info","message":"HTTP API"'],
  [
    'Quay',
    'quay-usage',
    '{"kind":"pull_repo","metadata":{"repo":"app","namespace":"org","user-agent":"docker/28.4.0"',
  ],
  [
    'Artifactory',
    'artifactory',
    '2026-04-05T12:23:38.254Z|6a7038e507e64b44|192.0.2.91|ci|HEAD|/api/docker/docker-local/v2/',
  ],
  [
    'Gitea, Forgejo',
    'gitea',
    '2026/08/18 11:41:31 HTTPRequest [I] router: completed HEAD /v2/test/tool/manifests/1.4 for',
  ],
  [
    'nginx',
    'combined',
    '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "HEAD /v2/acme/api/manifests/2.0 HTTP/1.1" 200 0',
  ],
  [
    'ingress-nginx',
    'quoted',
    '[25/Nov/2026:15:28:20 +0000]:192.0.2.80 - "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 506',
  ],
  [
    'Traefik',
    'traefik-json',
    '{"ClientAddr":"192.0.2.1:41000","ClientHost":"192.0.2.1","DownstreamContentSize":0',
  ],
  ['Caddy', 'caddy-json', '{"level":"info","ts":1793181601.2,"logger":"http.log.access.log0"'],
  [
    'HAProxy',
    'haproxy',
    '192.0.2.201:41474 [06/Nov/2026:07:00:01.011] registry-in~ registry/reg1 0/0/1/19/20 200',
  ],
  [
    'Envoy, Istio',
    'envoy',
    '[2026-11-07T10:00:00.060Z] "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 - 0 2 55 54',
  ],
  [
    'AWS load balancer (ALB, ELB)',
    'aws-load-balancer',
    'h2 2026-11-06T23:59:58.941149Z app/registry/50dc6c495c0c9188 203.0.113.131:54797',
  ],
  ['CloudFront', 'w3c', '#Fields: date time x-edge-location sc-bytes c-ip cs-method'],
  [
    'AWS ECR',
    'cloudtrail-ecr',
    '{"eventTime":"2026-11-09T11:00:00Z","eventSource":"ecr.amazonaws.com","eventName":"BatchGetImage"',
  ],
  [
    'Google Artifact Registry',
    'gcp-artifact-registry',
    '{"protoPayload":{"methodName":"Docker-HeadManifest","request":{"requestMethod":"HEAD"',
  ],
  [
    'Google load balancer',
    'gcp-load-balancer',
    '{"httpRequest":{"remoteIp":"203.0.113.181","requestMethod":"GET"',
  ],
  [
    'Azure Container Registry',
    'azure-acr',
    '{"time":"2026-11-17T05:00:00.8221804Z","category":"ContainerRegistryRepositoryEvents"',
  ],
  ['Cloudflare', 'cloudflare-logpush', '{"ClientIP":"203.0.113.181","ClientRequestMethod":"HEAD"'],
  [
    'Any JSON access log',
    'json',
    '{"time":"2026-10-13T09:10:01+00:00","remote_addr":"192.0.2.101","method":"HEAD"',
  ],
  [
    'Docker Hub, raw and summary',
    'docker-actions',
    'Action,Action day,Country,Digest,HTTP method,Host,Namespace,Reference,Repository,Tag,Timestamp,Type,User agent tool,User agent version',
  ],
  [
    'Docker Hub, raw and summary',
    'docker-summary',
    'namespace,repository,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks',
  ],
  [
    'Docker Hub, publisher reports',
    'docker-publisher-summary',
    'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_NAME,LEVEL,REFERENCE,DATA_DOWNLOADS,VERSION_CHECKS,EVENT_COUNT',
  ],
  [
    'Docker Hub, publisher reports',
    'docker-publisher-trends',
    'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_NAME,IMAGE_REPOSITORY,NAMESPACE,IP_COUNTRY,CLOUD_SERVICE_PROVIDER,USER_AGENT,TAG,DATA_DOWNLOADS,VERSION_CHECKS,PULLS,UNIQUE_AUTHENTICATED_USERS,UNIQUE_UNAUTHENTICATED_USERS',
  ],
  [
    'Docker Hub, publisher reports',
    'docker-publisher-companies',
    'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_NAME,DOMAIN,IP_COUNTRY,CLOUD_SERVICE_PROVIDER,USER_AGENT,INFERRED_USE_CASE,IMAGE_REPOSITORY,DATA_DOWNLOADS,VERSION_CHECKS,PULLS,UNIQUE_AUTHENTICATED_USERS',
  ],
  [
    'Docker Hub, publisher reports',
    'docker-technographic',
    'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_ID,PUBLISHER_NAME,DVPP_IMAGE,PAIRED_IMAGE,USERS,TOTAL_PULLERS,PCT_USERS,DOMAINS,TOTAL_DOMAINS,PCT_DOMAINS',
  ],
  [
    'Docker Hub, publisher reports',
    'docker-technographic-companies',
    'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_NAME,DOMAIN,DVPP_IMAGE,PAIRED_IMAGE',
  ],
  [
    'Docker Hub, usage',
    'docker-usage',
    'datehour,user_name,repository,access_token_name,ips,repository_privacy,tag,digest,version_checks,pulls',
  ],
  [
    'Docker Hub, list of repositories',
    'docker-repositories',
    'namespace,name,is_private,last_updated,pull_count,star_count',
  ],
  ['Hugging Face, downloads', 'hub-daily', 'repoType,repoName,total,timestamp,downloads'],
  [
    'Hugging Face, requests',
    'hub-requests',
    'timestamp,status,method,repoName,repoType,hashedUserId,hashedIp,country,region,userAgent',
  ],
  ['Harbor, audit log', 'harbor-audit', 'id,username,resource,resource_type,operation,op_time'],
  [
    'Answers of queries',
    'azure-acr',
    'TimeGenerated,OperationName,Repository,Tag,Digest,MediaType,CallerIpAddress,UserAgent,Identity,LoginServer,ResultType,DurationMs,CorrelationId,ArtifactType,Size,Region,UserTenantId',
  ],
  [
    'Answers of queries',
    'request-table',
    'timestamp,httpRequest_requestMethod,httpRequest_requestUrl,httpRequest_status,httpRequest_remoteIp,httpRequest_userAgent',
  ],
  ['Packages', 'package-downloads', 'package,date,downloads'],
  ['GoAccess', 'goaccess', '"0",,"general",,,,,,,,"2026-09-01 10:00:00 +0000","date_time"'],
  ['Running totals', 'running-totals', 'date,acme/web,acme/db'],
];
