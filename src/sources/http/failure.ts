/** A failure with a message for the screen. */
export class ProbeFailure extends Error {}
