/** Groups of four hex digits that whoever has an IPv6 network chooses freely: the lower half. */
const OF_NETWORK = 4;
const GROUPS = 8;

/** Under what a client counts: its IPv4 address, or the network of its IPv6 address, whose owner has all of it. */
export function addressGroup(address: string | undefined): string {
  if (address === undefined) return "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  // Other addresses have no colon, and neither have names.
  if (!address.includes(":")) return address;
  const [before = "", after] = address.split("%", 1)[0]!.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : Math.max(0, GROUPS - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  return groups
    .slice(0, OF_NETWORK)
    .map(group => group.replace(/^0+(?=.)/, "").toLowerCase())
    .join(":");
}
