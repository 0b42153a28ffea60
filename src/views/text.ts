/** Every string of the page, but for those that come with “About” (text/about.ts). Numbers and days come in as they are and leave as people read them. */
import { addressText } from './text/address.ts';
import { adoptionText } from './text/adoption.ts';
import { breakdownText } from './text/breakdowns.ts';
import { cleanUpText } from './text/clean-up.ts';
import { chartText } from './text/chart.ts';
import { dataText } from './text/data.ts';
import { dashboardText } from './text/dashboard.ts';
import { helpText } from './text/help.ts';
import { movesText } from './text/moves.ts';
import { navigationText } from './text/navigation.ts';
import { noiseText } from './text/noise.ts';
import { notesText } from './text/notes.ts';
import { exportText } from './text/exports.ts';
import { hostText } from './text/host.ts';
import { hubsText } from './text/hubs.ts';
import { ownFormatText } from './text/own-formats.ts';
import { pageText } from './text/page.ts';
import { pagesText } from './text/pages.ts';
import { picturesText } from './text/pictures.ts';
import { placesText, useRulesText } from './text/places.ts';
import { rememberText } from './text/remember.ts';
import { reportText } from './text/report.ts';
import { repositoryText } from './text/repository.ts';
import { sheetText } from './text/sheet.ts';
import { skipOverText } from './text/skip-over.ts';
import { sourcesText } from './text/sources.ts';
import { stormsText } from './text/storms.ts';
import { tableText } from './text/table.ts';
import { tablesText } from './text/tables.ts';
import { timeText } from './text/time.ts';
import { versionsText } from './text/versions.ts';
import { whereFrom } from './text/where-from.ts';
import { whyText } from './text/why.ts';

export const text = {
  ...pageText,
  ...dashboardText,
  ...breakdownText,
  ...dataText,
  ...chartText,
  ...timeText,
  ...ownFormatText,
  address: addressText,
  adoption: adoptionText,
  cleanUp: cleanUpText,
  help: helpText,
  moves: movesText,
  navigation: navigationText,
  noise: noiseText,
  notes: notesText,
  host: hostText,
  hubs: hubsText,
  pages: pagesText,
  pictures: picturesText,
  places: placesText,
  useRules: useRulesText,
  report: reportText,
  repository: repositoryText,
  sheet: sheetText,
  skipOver: skipOverText,
  sources: sourcesText,
  storms: stormsText,
  table: tableText,
  tables: tablesText,
  exports: exportText,
  versions: versionsText,
  whereFrom,
  why: whyText,
  remember: rememberText,
};
