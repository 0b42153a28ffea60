/** The worker that holds what was read and answers questions. */
import { createAnalysisApi } from './analysis-api.ts';
import { exposeLate } from './late-worker.ts';

exposeLate(createAnalysisApi());
