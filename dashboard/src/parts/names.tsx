import {status} from "../state/collator.ts";
import {isSameAccount} from "../text/account.ts";
import {short} from "../text/short.ts";

/** An address, both ends of it; the whole one where a pointer rests and for who copies it. */
export function Address({of, ends = 6}: {of: string; ends?: number}) {
  const isOurs = isSameAccount(status.value?.account, of);
  return (
    <span class="mono nowrap" title={of}>
      {short(of, ends)}
      {isOurs && <span class="mine"> mine</span>}
    </span>
  );
}

export function Hash({of, ends = 6}: {of: string; ends?: number}) {
  return (
    <span class="mono nowrap" title={of}>
      {short(of, ends)}
    </span>
  );
}

/** Leads to the block's page. */
export function BlockLink({number, hash}: {number: number; hash?: string | undefined}) {
  return (
    <a href={`#/blocks/${hash ?? number}`} title={hash}>
      {number.toLocaleString()}
    </a>
  );
}
