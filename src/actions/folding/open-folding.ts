/** Opens a folding: the WebAssembly build where it is allowed, else JavaScript, which gives the same answers. */
import { Folding } from './folding.ts';
import base64 from './module.ts?wasm';

/** What both builds do. */
export type Fold = Pick<Folding, 'push'>;
export type OpenFolding = (window: number, foldFurther: boolean) => Fold;

export const openInJavaScript: OpenFolding = (window, foldFurther) => new Folding(window, foldFurther);

let compiled: WebAssembly.Module | null = null;

export const openFolding: OpenFolding = (window, foldFurther) => {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
    const { exports } = new WebAssembly.Instance(compiled, { env: { abort } });
    const { begin, push } = exports as unknown as Fold & { begin(window: number, further: number): void };
    begin(window, foldFurther ? 1 : 0);
    return { push };
  } catch {
    // No WebAssembly, or a policy that forbids it.
    return openInJavaScript(window, foldFurther);
  }
};

/** Called instead of reading or writing outside of a column. */
function abort(): never {
  throw new RangeError('The folding looked outside of its columns.');
}
