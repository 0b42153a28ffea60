import { measureFilters } from './filter.ts';

measureFilters((line) => postMessage(line));
postMessage(null);
