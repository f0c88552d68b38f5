import type {Flag} from "./flag.ts";

const FLAG_WIDTH = 34;

function left({name, short, values, placeholder}: Flag): string {
  const dash = short === undefined ? "    " : `-${short}, `;
  const value = values === "none" ? "" : ` ${placeholder ?? "VALUE"}`;
  return `  ${dash}--${name}${value}`;
}

/** Flags as help shows them: in groups, in the order of the table. */
export function flagHelp(flags: readonly Flag[]): string {
  const groups = new Map<string, Flag[]>();
  for (const flag of flags) {
    const members = groups.get(flag.group) ?? [];
    members.push(flag);
    groups.set(flag.group, members);
  }
  const sections = [...groups].map(([group, members]) => {
    const lines = members.map(flag => {
      const standard = flag.standard === undefined ? "" : ` [${flag.standard}]`;
      const head = left(flag);
      const text = `${flag.docs}${standard}`;
      return head.length >= FLAG_WIDTH
        ? `${head}\n${" ".repeat(FLAG_WIDTH)}${text}`
        : head.padEnd(FLAG_WIDTH) + text;
    });
    return [`${group}:`, ...lines].join("\n");
  });
  return sections.join("\n\n");
}
