/** The use that rules give one client, as the table of clients asks for it: in two steps. */
import type { Client } from '../../src/clients/describe-client.ts';
import { guessByWords, rulesForClient, type UseRule } from '../../src/clients/use-rules.ts';
import type { Use } from '../../src/model/agent-columns.ts';

export const guessUse = (rules: readonly UseRule[], client: Client, agent: string): Use =>
  guessByWords(rulesForClient(rules, client), agent);
