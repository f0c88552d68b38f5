/** How many of something, for people: `1 block`, `2,000 blocks`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;
}
