/** Gives every hand the next thing as soon as it is free. In: hands, things. Out: what came of each, in their order. */
export async function spread<H, F, T>(
  hands: readonly H[],
  things: readonly F[],
  work: (hand: H, thing: F) => Promise<T>,
): Promise<T[]> {
  const results = new Array<T>(things.length);
  let next = 0;
  await Promise.all(
    hands.map(async (hand) => {
      while (next < things.length) {
        const i = next++;
        results[i] = await work(hand, things[i]!);
      }
    }),
  );
  return results;
}
