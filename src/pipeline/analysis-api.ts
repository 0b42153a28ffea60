/** What the analysis worker offers to the page, and to parse workers on ports of their own. */
import { expose } from 'comlink';
import type { Segment } from '../model/segment.ts';
import { Analysis } from './analysis.ts';
import type { AnnouncedFile } from './file-ledger.ts';

export function createAnalysisApi() {
  let analysis = new Analysis();
  return {
    /** A parse worker's way in. */
    attach(port: MessagePort): void {
      expose({ addSegment: (segment: Segment) => analysis.addSegment(segment) }, port);
    },
    announce: (files: AnnouncedFile[]) => analysis.announce(files),
    endFile: (...args: Parameters<Analysis['endFile']>) => analysis.endFile(...args),
    addProblem: (...args: Parameters<Analysis['addProblem']>) => analysis.addProblem(...args),
    finish: () => analysis.finish(),
    discard: () => analysis.discard(),
    setRules: (...args: Parameters<Analysis['setRules']>) => analysis.setRules(...args),
    setUseRules: (...args: Parameters<Analysis['setUseRules']>) => analysis.setUseRules(...args),
    setPlaces: (...args: Parameters<Analysis['setPlaces']>) => analysis.setPlaces(...args),
    foldable: () => analysis.foldable(),
    view: (...args: Parameters<Analysis['view']>) => analysis.view(...args),
    breakdowns: (...args: Parameters<Analysis['breakdowns']>) => analysis.breakdowns(...args),
    detail: (...args: Parameters<Analysis['detail']>) => analysis.detail(...args),
    export: (...args: Parameters<Analysis['export']>) => analysis.export(...args),
    report: () => analysis.report(),
    soFar: () => ({ ...analysis.soFar(), states: analysis.states() }),
    forget(): void {
      analysis = new Analysis();
    },
  };
}

export type AnalysisApi = ReturnType<typeof createAnalysisApi>;
