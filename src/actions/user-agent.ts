/**
 * User agents. In: an agent as a log spells it. Out: the agent as the client sent it.
 * Logs differ in how they write `(`: nginx \x5C(, gorilla and Go's %q \\(, registry 2.7 and 2.8 plain \(.
 */
const BACKSLASH = 0x5c;
const SIMPLE: Record<string, number> = {
  '\\': 0x5c,
  '"': 0x22,
  "'": 0x27,
  '/': 0x2f,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/** Undoes the escapes if every backslash begins a valid one; else the agent was written raw and stays. UTF-8 in and out. */
export function unescapeAgent(agent: Uint8Array): Uint8Array {
  if (!agent.includes(BACKSLASH)) return agent;
  const out: number[] = [];
  for (let i = 0; i < agent.length; i++) {
    if (agent[i] !== BACKSLASH) {
      out.push(agent[i]!);
      continue;
    }
    const letter = String.fromCharCode(agent[++i] ?? 0);
    const simple = SIMPLE[letter];
    const digits = DIGITS[letter];
    if (simple !== undefined) out.push(simple);
    else if (digits !== undefined) {
      const hex = String.fromCharCode(...agent.subarray(i + 1, i + 1 + digits));
      if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) return unescapeQuotes(agent);
      const code = parseInt(hex, 16);
      i += digits;
      if (letter === 'x') out.push(code);
      else if (code > 0x10ffff) return unescapeQuotes(agent);
      else out.push(...new TextEncoder().encode(String.fromCodePoint(code)));
    } else return unescapeQuotes(agent);
  }
  return Uint8Array.from(out);
}

/** Traefik hides quotes and nothing else. */
function unescapeQuotes(agent: Uint8Array): Uint8Array {
  return agent.filter((byte, i) => byte !== BACKSLASH || agent[i + 1] !== 0x22);
}
