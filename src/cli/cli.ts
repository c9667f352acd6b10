#!/usr/bin/env node
// Read by whatever Node there is: plain syntax, and nothing is imported before the version is known.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  import('./processMain.ts').then(
    (module) => module.runProcess(),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 2;
    },
  );
} else {
  process.stderr.write(`powerschool-explorer needs Node.js 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
}
