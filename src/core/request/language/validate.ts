import type { Diagnostic } from '../../problem/diagnostic.ts';
import { diagnoseAddress } from './diagnoseAddress.ts';
import { diagnoseCredentials } from './diagnoseCredentials.ts';
import { diagnoseDirectives, diagnoseVariables } from './diagnoseNames.ts';
import { destinationOf, diagnoseRequest } from './diagnoseRequest.ts';
import type { FileIndex } from './fileIndex.ts';
import { withoutSuppressed } from '../suppressions.ts';
import { Report } from './report.ts';

/** All findings of a file, in its order, without those that its comments set aside. */
export function validateFile(index: FileIndex): Diagnostic[] {
  const report = new Report();
  index.operations?.startRound();
  diagnoseDirectives(index, report);
  diagnoseVariables(index, report);
  diagnoseCredentials(index, report);
  for (const request of index.file.requests) {
    if (request.target.text === '' || request.blocker?.code === 'PS509') continue;
    const own = index.for(request);
    const destination = destinationOf(own.address(request), own);
    diagnoseRequest(request, destination, own, report);
    if (destination.kind !== 'elsewhere') diagnoseAddress(request, own, report);
  }
  return withoutSuppressed(index.file, [...index.file.faults, ...report.diagnostics]).sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
}
