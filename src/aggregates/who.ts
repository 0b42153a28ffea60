/** What is known of a client. In: Traffic; then a source. Out: values as filters have them, without its address. */
import { clientValue, kindValue } from '../model/filter.ts';
import { USES } from '../model/agent-columns.ts';
import type { Who } from '../model/hammering.ts';
import type { Source } from '../model/repository-page.ts';
import type { Traffic } from '../model/traffic.ts';

export function describeWho(traffic: Traffic): (source: Source) => Who {
  const { tools, versions, toolOf, versionOf, useOf } = traffic.describeAgents();
  const facts = traffic.describeAddresses();
  return ({ client, agent }) => {
    const tool = tools.textOf(toolOf[agent]!);
    const version = versions.textOf(versionOf[agent]!);
    // Where no country or provider is known, what sort of address it is stands in its place.
    const kind = kindValue(facts.kinds.textOf(facts.kindOf[client]!));
    return {
      client: tool === '' || version === '' ? tool : clientValue(tool, version),
      use: USES[useOf[agent]!]!,
      country: facts.countries.textOf(facts.countryOf[client]!) || kind,
      cloud: facts.hosts.textOf(facts.hostOf[client]!) || kind,
      ownNetwork: facts.networks.textOf(facts.networkOf[client]!),
    };
  };
}
