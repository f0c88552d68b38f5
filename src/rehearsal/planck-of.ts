/** A token's smallest units of an amount in whole ones, such as `1000` or `0.5`; undefined for what is none. */
export function planckOf(text: string, decimals: number): bigint | undefined {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(text.replaceAll("_", ""));
  const [, whole = "", fraction = ""] = parts ?? [];
  if (parts === null || fraction.length > decimals) return undefined;
  const planck = BigInt(whole + fraction.padEnd(decimals, "0"));
  return planck < 1n << 128n ? planck : undefined;
}
