import {addressGroup} from "#base";

/** What of a multiaddr counts as one host: whoever has it has as many ports and peer ids as it likes. */
export function hostGroup(multiaddr: string): string {
  return addressGroup(/^\/[^/]+\/([^/]+)/.exec(multiaddr)?.[1] ?? multiaddr);
}
