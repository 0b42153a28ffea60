import { expose } from 'comlink';
import { createParseApi } from './parse-api.ts';

expose(createParseApi());
