import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/session/pace.ts';

const at = (elapsed: number, bytesRead: number) => ({
  bytesRead,
  bytesTotal: 1000,
  linesRead: bytesRead * 2,
  elapsed,
});

describe('pace of reading', () => {
  it('tells no time left in the first three seconds', () => {
    const pacer = new Pacer();
    expect(pacer.measure(at(1000, 100)).secondsLeft).toBeNull();
    expect(pacer.measure(at(2900, 290)).secondsLeft).toBeNull();
    expect(pacer.measure(at(3000, 300)).secondsLeft).toBeCloseTo(7);
  });

  it('tells lines a second at once', () => {
    expect(new Pacer().measure(at(500, 100)).linesPerSecond).toBe(400);
  });

  it('is the mean at first, while the first measurement tells little', () => {
    const pacer = new Pacer();
    pacer.measure(at(100, 0));
    expect(pacer.measure(at(500, 400)).linesPerSecond).toBeCloseTo(1600);
    expect(pacer.measure(at(1000, 900)).linesPerSecond).toBeCloseTo(1800);
  });

  it('smooths a hiccup', () => {
    const pacer = new Pacer();
    for (let second = 1; second <= 5; second++) pacer.measure(at(second * 1000, second * 100));
    const { secondsLeft } = pacer.measure(at(6000, 500));
    expect(secondsLeft).toBeGreaterThan(5);
    expect(secondsLeft).toBeLessThan(10);
  });

  it('survives a standstill and a repeated moment', () => {
    const pacer = new Pacer();
    expect(pacer.measure(at(0, 0))).toEqual({ linesPerSecond: 0, secondsLeft: null });
    expect(pacer.measure(at(4000, 0)).secondsLeft).toBeNull();
  });
});
