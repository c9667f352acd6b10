import process from 'node:process';
import { executeQuery, type QueryPart, type QueryTask } from './queryExecution.ts';

/**
 * The process that runs PowerQueries, one at a time: a task starts one, any other message asks for its next part.
 * A process and not a thread: SQLite cannot be interrupted from JavaScript, and a thread that is inside it keeps the
 * whole program from ending; a process can be killed.
 */
let running: Generator<QueryPart> | undefined;

process.on('message', (message: QueryTask | 'more') => {
  if (typeof message === 'object') running = executeQuery(message);
  const part = running?.next();
  if (part === undefined || part.done === true) return;
  // Closes the database.
  if (part.value.kind !== 'rows') running?.return(undefined);
  process.send?.(part.value);
});
process.on('disconnect', () => process.exit());
