/** Whole, or with its thousands parted as people do; a number with a part behind a point is none. */
const WHOLE = /^(?:\d+|\d{1,3}(?:[,._\s\u2019'][0-9]{3})+)$/;

/** Its digits; undefined of what is no whole number. */
export const digitsOf = (text: string): string | undefined =>
  WHOLE.test(text) ? text.replace(/\D/g, "") : undefined;
