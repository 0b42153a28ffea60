/** By which rules a client's use is guessed. In: text. Out: state that views read; `changed` counts anew. */
import type { Problem } from '../model/problem.ts';
import { type Client, DEFAULT_USE_RULES } from '../pipeline/client.ts';

export class UseRules {
  text = $state(DEFAULT_USE_RULES);
  problems = $state.raw<Problem[]>([]);

  constructor(
    private readonly client: Pick<Client, 'setUseRules'>,
    private readonly changed: (change: () => Promise<void>) => Promise<void>,
  ) {}

  set(text: string): Promise<void> {
    return this.changed(() => this.take(text));
  }

  forget(): Promise<void> {
    return this.take(DEFAULT_USE_RULES);
  }

  private async take(text: string): Promise<void> {
    this.text = text;
    this.problems = await this.client.setUseRules(text);
  }
}
