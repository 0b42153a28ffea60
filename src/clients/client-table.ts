/**
 * Clients of a dictionary of agents. In: agents, and rules of use. Out: columns by number of the agent. Each distinct
 * agent is looked at once; agents that come later are added to what is there.
 */
import { WordTable } from '../lib/word-table.ts';
import { type AgentColumns, USES } from '../model/agent-columns.ts';
import { AGENT_LIMIT, type Client, describeClient } from './describe-client.ts';
import { guessByWords, rulesForClient, type UseRule } from './use-rules.ts';

/** Remembered pairs of tool and version; beyond this many the agents are invented ones. */
const MOST_REMEMBERED = 10_000;

export class ClientTable {
  private readonly tools = new WordTable();
  private readonly versions = new WordTable();
  private toolOf = new Uint32Array(64);
  private versionOf = new Uint32Array(64);
  private useOf = new Uint8Array(64);
  /**
   * Rules by tool and version. Agents differ by the million (Hugging Face's hold a number for each session), but
   * their clients do not.
   */
  private readonly fitting = new Map<string, UseRule[]>();
  private described = 0;
  private guessed = 0;

  constructor(private rules: readonly UseRule[]) {}

  /** Other rules: uses are guessed anew when they are next asked for. */
  setRules(rules: readonly UseRule[]): void {
    this.rules = rules;
    this.fitting.clear();
    this.guessed = 0;
  }

  /** The columns for all agents of a dictionary, which must be the same one, perhaps grown, at each call. */
  columnsOf(agents: WordTable): AgentColumns {
    this.makeRoom(agents.size);
    for (let agent = this.guessed; agent < agents.size; agent++) {
      const text = textOf(agents, agent);
      const client = describeClient(text);
      if (agent >= this.described) {
        this.toolOf[agent] = this.tools.internText(client.tool);
        this.versionOf[agent] = this.versions.internText(client.version);
      }
      this.useOf[agent] = USES.indexOf(guessByWords(this.rulesFor(client), text));
    }
    this.guessed = agents.size;
    this.described = Math.max(this.described, agents.size);
    const { tools, versions, toolOf, versionOf, useOf } = this;
    return { tools, versions, toolOf, versionOf, useOf };
  }

  private rulesFor(client: Client): UseRule[] {
    // Neither holds a space.
    const key = `${client.tool} ${client.version}`;
    const known = this.fitting.get(key);
    if (known) return known;
    if (this.fitting.size >= MOST_REMEMBERED) this.fitting.clear();
    const rules = rulesForClient(this.rules, client);
    this.fitting.set(key, rules);
    return rules;
  }

  private makeRoom(size: number): void {
    if (size <= this.useOf.length) return;
    const room = Math.max(size, this.useOf.length * 2);
    const { toolOf, versionOf, useOf } = this;
    this.toolOf = new Uint32Array(room);
    this.versionOf = new Uint32Array(room);
    this.useOf = new Uint8Array(room);
    this.toolOf.set(toolOf);
    this.versionOf.set(versionOf);
    this.useOf.set(useOf);
  }
}

const decoder = new TextDecoder();

/** Not WordTable.textOf, which keeps the text: agents may be many and long, and are not asked for again. */
function textOf(agents: WordTable, agent: number): string {
  return decoder.decode(agents.bytesOf(agent).subarray(0, AGENT_LIMIT));
}
