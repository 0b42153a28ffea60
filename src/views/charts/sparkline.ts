/** A trend as the outline of an SVG path. In: counts. Out: one upright stroke a step, the highest (or top) as high as the box. */
export function sparklinePath(counts: ArrayLike<number>, width: number, height: number, top = 0): string {
  let highest = top;
  for (let i = 0; i < counts.length; i++) highest = Math.max(highest, counts[i]!);
  const step = width / counts.length;
  let path = '';
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    // What is not zero can be seen.
    const tall = Math.max(1, (counts[i]! / highest) * height);
    path += `M${round((i + 0.5) * step)} ${height}V${round(height - tall)}`;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
