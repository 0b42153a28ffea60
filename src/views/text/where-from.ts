/** Where people find the files that the page reads: one line for each. In the order of the cards of the start page. */
interface Found {
  name: string;
  where: string;
}

export const whereFrom = {
  ask: 'Where do I get this?',
  registries: [
    { name: 'distribution (registry 2, 3)', where: '“docker logs” or “kubectl logs” of the registry.' },
    {
      name: 'Registry notifications',
      where: 'What the endpoint under “notifications” in the registry’s configuration receives.',
    },
    { name: 'Harbor', where: '/var/log/harbor/proxy.log; on Kubernetes “kubectl logs” of its nginx.' },
    { name: 'GitLab registry', where: '/var/log/gitlab/registry/current.' },
    { name: 'zot', where: 'Its standard output, or the file under log.output of its configuration.' },
    { name: 'Quay', where: '“kubectl logs” of quay-app; usage logs: the export under Usage Logs.' },
    { name: 'Artifactory', where: 'artifactory-request.log in $JFROG_HOME/artifactory/var/log.' },
    { name: 'Nexus', where: 'log/request.log in its data directory.' },
    { name: 'Gitea, Forgejo', where: 'The router or access log, in the log folder of its work path.' },
  ],
  proxies: [
    { name: 'nginx', where: '/var/log/nginx/access.log, with access.log.1, access.log.2.gz and so on.' },
    { name: 'Apache', where: '/var/log/apache2/access.log or /var/log/httpd/access_log.' },
    { name: 'ingress-nginx', where: '“kubectl logs” of its controller.' },
    { name: 'Traefik', where: 'The file under accessLog.filePath, or its standard output.' },
    { name: 'Caddy', where: 'Where the “log” directive of the site writes.' },
    { name: 'HAProxy', where: '/var/log/haproxy.log, with “option httplog”.' },
    { name: 'Envoy, Istio', where: '“kubectl logs” of the gateway, with accessLogFile set.' },
    { name: 'AWS load balancer (ALB, ELB)', where: 'The S3 bucket of its access logs.' },
    { name: 'CloudFront', where: 'The S3 bucket of its standard logs.' },
    { name: 'AWS ECR', where: 'CloudTrail’s S3 bucket: ECR writes no log of its own.' },
    {
      name: 'Google Artifact Registry',
      where: 'Logs Explorer, downloaded as JSON; switch on its Data Access audit log first.',
    },
    { name: 'Google load balancer', where: 'Logs Explorer, downloaded as JSON.' },
    {
      name: 'Azure Container Registry',
      where: 'Diagnostic settings: ContainerRegistryRepositoryEvents, from the storage account.',
    },
    { name: 'Cloudflare', where: 'Logpush of HTTP requests.' },
    { name: 'Any JSON access log', where: 'Wherever your proxy writes one JSON object a line.' },
  ],
  machines: [
    { name: 'Docker', where: '“docker logs”, or /var/lib/docker/containers/<id>/<id>-json.log.' },
    { name: 'Kubernetes', where: '“kubectl logs --timestamps”, or /var/log/containers on the node.' },
    { name: 'systemd', where: '“journalctl -u <unit>”, also with -o json.' },
    { name: 'syslog', where: '/var/log/syslog or /var/log/messages.' },
  ],
  tables: [
    {
      name: 'Docker Hub, raw and summary',
      where: 'Docker Hub, your organization, Insights and analytics (publishers and sponsored open source).',
    },
    { name: 'Docker Hub, publisher reports', where: 'The same place, or Docker’s DVP Data API.' },
    {
      name: 'Docker Hub, usage',
      where: 'Docker Hub, Usage in the row at the top, Pulls, the report as a CSV.',
    },
    { name: 'Docker Hub, list of repositories', where: 'Your account on Docker Hub, or its API.' },
    {
      name: 'Hugging Face, downloads',
      where: 'Your organization’s settings on Hugging Face, Publisher analytics (Team and Enterprise).',
    },
    { name: 'Hugging Face, requests', where: 'The access log that publishers can download there.' },
    { name: 'Answers of queries', where: '“Download CSV” of Athena, BigQuery, Kibana or Log Analytics.' },
    { name: 'Harbor, audit log', where: 'Administration, Logs; or its API, written as a CSV.' },
    { name: 'Packages', where: 'pypistats or npm’s download counts, as a CSV of days.' },
    { name: 'GoAccess', where: '“goaccess access.log -o report.csv”.' },
    { name: 'Running totals', where: 'A CSV of your own: a day, then one column for each name.' },
  ],
  packed: [
    { name: 'Rotated logs', where: 'Take the whole folder: what is there twice counts once.' },
    { name: 'Session files', where: '“Save session file” of this page, under “Kept in this browser”.' },
  ],
} satisfies Record<string, string | Found[]>;
