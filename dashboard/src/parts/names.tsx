import {status} from "../state/collator.ts";
import {isSameAccount} from "../text/account.ts";
import {accountName} from "../text/account-name.ts";
import {short} from "../text/short.ts";

interface AddressProps {
  readonly of: string;
  readonly ends?: number;
  /** Within what is clicked itself. */
  readonly isPlain?: boolean;
  /** Says that it is the node's own. */
  readonly isMarked?: boolean;
}

/**
 * An address, both ends of it, with the name of who is known; the whole one where a pointer rests and for who copies it.
 * Leads to the account's page.
 */
export function Address({of, ends = 6, isPlain = false, isMarked = true}: AddressProps) {
  const isOurs = isSameAccount(status.value?.account, of);
  const name = accountName(of);
  const words = (
    <>
      {name !== undefined && <strong>{name}</strong>}
      <span class="mono">
        {name !== undefined && " "}
        {short(of, ends)}
      </span>
    </>
  );
  return (
    <span class={`nowrap ${name === undefined ? "" : "named"}`} title={of}>
      {isPlain ? words : <a href={`#/accounts/${of}`}>{words}</a>}
      {isOurs && isMarked && <span class="mine"> mine</span>}
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
