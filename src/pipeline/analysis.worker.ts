import { createAnalysisApi } from './analysis-api.ts';
import { exposeLate } from './late-worker.ts';

exposeLate(createAnalysisApi());
