/**
 * WebAssembly that a script carries as text. In: base64. Out: what an instance of its own exports. Throws where there is no
 * WebAssembly, no SIMD, or a policy that forbids it.
 */
import { bytesOfBase64 } from './base64.ts';

/** By their text: compiled once. */
const compiled = new Map<string, WebAssembly.Module>();

export function openCompiled<Exports>(base64: string): Exports {
  const module = compiled.get(base64) ?? new WebAssembly.Module(bytesOfBase64(base64));
  compiled.set(base64, module);
  return new WebAssembly.Instance(module, { env: { abort } }).exports as Exports;
}

/** What it calls where there is no more memory. */
function abort(): never {
  throw new RangeError('WebAssembly has no more memory.');
}
