/**
 * Names of a Rust program's functions as people read them. A module built from Rust carries them, some already readable
 * (old linkers made them so), some as the compiler wrote them: in its first form, which C++ lent it, or in its own, "v0".
 *
 * Names come from strangers' code: reading one takes bounded time and gives bounded text, and what is no such name is told
 * as it stands.
 *
 * Out of scope: lines of source, which modules do not carry (a panic says its own).
 */
export {MOST_CHARACTERS, readableName} from "./readable-name.ts";
