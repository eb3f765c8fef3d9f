/** Line breaks, escape codes and invisible signs would spoil every screen the text is shown on. */
export const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** What to say of text that is not. */
export const UNPRINTABLE = "must not hold line breaks, control characters or invisible signs";
