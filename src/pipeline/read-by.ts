/** Which build this is: it changes whenever anything that reads does. Set by the build. */
declare const __READ_BY__: string | undefined;

export const READ_BY = typeof __READ_BY__ === 'string' ? __READ_BY__ : 'no build';
