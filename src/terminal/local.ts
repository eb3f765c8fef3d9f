/** What a live run on the terminal of this process needs, as one module to load. */
export { foregroundCheck } from "./foreground.ts";
export { pipeReaders } from "./pipe-readers.ts";
export { openTtyDescriptor } from "./tty-descriptor.ts";
export { TtyOutput } from "./tty-output.ts";
