/** Integers and floats of the scanner's sources, which are compiled to WebAssembly as well. */
declare type i32 = number;
declare type f64 = number;

declare module '*.ts?wasm' {
  /** The module compiled to WebAssembly, base64. */
  const base64: string;
  export default base64;
}

declare module '*.gz?inline' {
  /** The file as a data: URL. */
  const url: string;
  export default url;
}
