/** The list of tables that are known, most telling header first. The user's own choice of columns comes last. */
import { mapped } from './column-mapping.ts';
import { azureAcr } from './readers/azure-acr.ts';
import { dockerActions } from './readers/docker-actions.ts';
import { publisherCompanies, publisherSummary, publisherTrends } from './readers/docker-publisher.ts';
import { dockerSummary } from './readers/docker-summary.ts';
import { technographic, technographicCompanies } from './readers/docker-technographic.ts';
import { dockerRepositories, dockerUsage } from './readers/docker-usage.ts';
import { goaccess } from './readers/goaccess.ts';
import { hubDaily } from './readers/hub-daily.ts';
import { packageDownloads } from './readers/package-downloads.ts';
import { harborAudit, hubRequests, requestTable } from './readers/request-tables.ts';
import { runningTotals } from './readers/running-totals.ts';
import type { TableReader } from './table-reader.ts';

export const READERS: readonly TableReader[] = [
  dockerActions,
  dockerSummary,
  publisherSummary,
  publisherCompanies,
  publisherTrends,
  technographic,
  technographicCompanies,
  dockerUsage,
  dockerRepositories,
  hubDaily,
  hubRequests,
  harborAudit,
  azureAcr,
  requestTable,
  packageDownloads,
  goaccess,
  runningTotals,
  mapped,
];
