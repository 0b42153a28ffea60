/** Little flags over the bars in which something first happened, dots over those with a note: a plugin of charts. */
import type { Plugin } from 'chart.js';
import type { Moments } from '../../model/moments.ts';
import { type Marker, markersOf } from './markers.ts';

/** Size of a flag, in pixels. */
const FLAG = 7;
const DOT = 4;

export function drawMarkers(
  picture: () => { buckets: readonly Moments[]; markers: readonly Marker[]; notes: readonly Marker[] },
): Plugin<'bar' | 'line'> {
  return {
    id: 'markers',
    afterDatasetsDraw: (chart) => {
      const { buckets, markers, notes } = picture();
      if (markers.length + notes.length === 0) return;
      const { left, width, top, bottom } = chart.chartArea;
      const step = width / buckets.length;
      const { ctx } = chart;
      ctx.save();
      const ink = getComputedStyle(chart.canvas).getPropertyValue('--ink').trim();
      ctx.strokeStyle = ctx.fillStyle = ink;
      buckets.forEach((bucket, place) => {
        const hasFlag = markersOf(markers, bucket).length > 0;
        const hasDot = markersOf(notes, bucket).length > 0;
        if (!hasFlag && !hasDot) return;
        const x = Math.round(left + (place + 0.5) * step) + 0.5;
        ctx.globalAlpha = 0.35;
        ctx.setLineDash([2, 3]);
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, bottom);
        ctx.stroke();
        ctx.globalAlpha = 1;
        ctx.setLineDash([]);
        ctx.beginPath();
        if (hasFlag) {
          ctx.moveTo(x, top);
          ctx.lineTo(x + FLAG, top + FLAG / 2);
          ctx.lineTo(x, top + FLAG);
        }
        if (hasDot) drawDot(ctx, x, top + (hasFlag ? FLAG : 0) + DOT);
        ctx.fill();
      });
      ctx.restore();
    },
  };
}

/** Adds it to the path. */
export function drawDot(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.moveTo(x + DOT, y);
  ctx.arc(x, y, DOT, 0, 2 * Math.PI);
}
