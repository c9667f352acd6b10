// A file whose tests cannot even be read, on purpose: testReport.test.ts runs it.
throw new Error('The file is broken.');
