/** Everything between `//` and the last `@` before the path; a password may hold an `@` of its own. */
const USER_INFO = /\/\/[^/?#\s]*@/g;
/** The same where `//` was forgotten. */
const BARE_USER_INFO = /(^|\s)[^/?#\s:]*:[^/?#\s]*@/g;
/** What is asked for is often a token. */
const QUERY = /([?&][^=&#\s]*)=[^&#\s]*/g;

/** A URL, or a text with some in it, as it may be shown: without names, passwords, and values of its query. */
export function withoutCredentials(text: string): string {
  return text.replace(USER_INFO, "//…@").replace(BARE_USER_INFO, "$1…@").replace(QUERY, "$1=…");
}
