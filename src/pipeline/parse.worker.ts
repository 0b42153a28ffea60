/** A worker that reads files. */
import { exposeLate } from './late-worker.ts';
import { createParseApi } from './parse-api.ts';

exposeLate(createParseApi());
