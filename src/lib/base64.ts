/** Bytes that a script carries as text. In: base64. Out: bytes. Where the browser can not do it, a loop does. */

interface Native {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

export function bytesOfBase64(
  text: string,
  { fromBase64 }: Native = Uint8Array as Native,
): Uint8Array<ArrayBuffer> {
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
