/** Lets everything that is ready go on, on a busy machine too: so many turns of timers, not so long. */
export async function settle(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve));
}
