/** Line breaks, escape codes and invisible characters would garble every screen. */
export const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** The error message for other text. */
export const UNPRINTABLE = "must not contain line breaks, control characters or invisible characters";
