/** Patterns for a canvas: colour is never the only sign. */

const SIZE = 6;

/** Diagonal lines of a colour, on a faint ground of the same if it is to be a bar. */
export function hatch(
  colour: string,
  { width, ground }: { width: number; ground: number },
): CanvasPattern | string {
  return pattern(colour, (context) => {
    context.fillStyle = colour;
    context.globalAlpha = ground;
    context.fillRect(0, 0, SIZE, SIZE);
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    // One line through the corner and its neighbours, so that tiles meet.
    for (const shift of [-SIZE, 0, SIZE]) {
      context.moveTo(shift - 1, SIZE + 1);
      context.lineTo(shift + SIZE + 1, -1);
    }
    context.stroke();
  });
}

/** Small dots. */
export function dots(colour: string): CanvasPattern | string {
  return pattern(colour, (context) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1.5, 1.5);
    context.fillRect(SIZE / 2, SIZE / 2, 1.5, 1.5);
  });
}

function pattern(
  fallback: string,
  draw: (context: CanvasRenderingContext2D) => void,
): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = SIZE;
  const context = tile.getContext('2d');
  if (!context) return fallback;
  draw(context);
  return context.createPattern(tile, 'repeat') ?? fallback;
}
