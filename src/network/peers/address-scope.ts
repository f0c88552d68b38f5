/** Ranges of IPv4 that no stranger can reach: loopback, private, link-local, carrier-grade NAT, multicast and above. */
const NOT_GLOBAL =
  /^\/ip4\/(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./;

/** Whether an address may be of use to anybody; Substrate puts only those into its tables unless told otherwise. */
export function isGlobalAddress(address: string): boolean {
  if (address.startsWith("/dns")) return !/^\/dns[46]?\/localhost(\/|$)/.test(address);
  return address.startsWith("/ip4/") && !NOT_GLOBAL.test(address);
}
