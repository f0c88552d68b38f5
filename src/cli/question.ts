import {createInterface} from "node:readline";

/** What a question is asked over. */
export interface Dialogue {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** The line answered, or undefined when there is nobody to answer: the input was closed, or ended without a line. */
export function ask(
  question: string,
  {input, output}: Dialogue = {input: process.stdin, output: process.stderr},
): Promise<string | undefined> {
  return new Promise(resolve => {
    const lines = createInterface({input, output});
    // Neither promise nor callback of `question` is ever told of an input that ends.
    const onEnd = () => {
      output.write("\n");
      resolve(undefined);
    };
    lines.once("close", onEnd);
    lines.once("SIGINT", () => lines.close());
    lines.question(question, answer => {
      resolve(answer);
      lines.off("close", onEnd);
      lines.close();
    });
  });
}
