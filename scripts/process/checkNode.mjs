import process from 'node:process';

/** Ends with one clear sentence when the scripts run on a Node that cannot run them, or before `npm ci`. */
export function checkNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return;
  console.error(
    `This is Node ${process.versions.node}; the scripts run on the Node 24 that "npm ci" puts into node_modules. Run "npm ci", then "npm start" or "npm test".`,
  );
  process.exit(2);
}
