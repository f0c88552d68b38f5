// Imported first by files that import several test files: one that ends the process would have the others pass unseen.
let isOver = false;
process.on("beforeExit", () => {
  isOver = true;
});
process.on("exit", () => {
  if (!isOver) process.exitCode = 1;
});
