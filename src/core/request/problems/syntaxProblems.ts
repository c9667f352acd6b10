import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS500 to PS519: the lines of a request file. */
export const syntaxProblems = {
  PS501: {
    severity: 'error',
    message: 'This request has no address.',
    mend: 'Write the path after the method, like GET /ws/v1/district.',
  },
  PS502: {
    severity: 'error',
    message: '"{0}" is not a method.',
    mend: 'Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.',
  },
  PS503: {
    severity: 'error',
    message: 'This line is not a header.',
    mend: 'Write Name: value, or put an empty line before the body.',
  },
  PS504: {
    severity: 'error',
    message: 'A header name cannot contain "{0}".',
    mend: 'Use letters, digits and hyphens.',
  },
  PS505: {
    severity: 'error',
    message: 'This variable line cannot be read.',
    mend: 'Write @name = value; a name has letters, digits, "_", "-" and ".".',
  },
  PS506: {
    severity: 'warning',
    message: 'This "{{" is never closed on its line.',
    mend: 'Add "}}" after the variable name.',
  },
  PS507: {
    severity: 'warning',
    message: 'This looks like a second request, but it is sent as the body of the one above.',
    mend: 'Put a line with ### before it.',
  },
  PS508: {
    severity: 'warning',
    message: 'This comment in the body is not sent.',
    mend: 'Move it above the request, or put the body into a file and include it with "< ./file".',
  },
  PS509: {
    severity: 'error',
    message: '"{0}" is not an address.',
    mend: 'Start with / for the active server, with https://, or with a variable such as {{host}}.',
  },
  PS510: {
    severity: 'warning',
    message: 'A {0} of another tool has no effect here.',
    mend: 'Remove it, or use "# @expect" to check the answer.',
  },
  PS511: {
    severity: 'error',
    message: '{0} requests are not supported.',
    mend: 'Use an HTTP method such as GET or POST.',
  },
  PS512: {
    severity: 'error',
    message: 'A multipart body needs a boundary.',
    mend: 'Write Content-Type: multipart/form-data; boundary=abcd and start each part with --abcd.',
  },
  PS513: {
    severity: 'error',
    message: 'The body is not valid JSON: {0}.',
    mend: 'Correct it at this place.',
  },
  PS515: {
    severity: 'error',
    message: '"{0}" is not a text encoding.',
    mend: 'Write <@ ./file for UTF-8, or name one such as <@latin1 ./file.',
  },
  PS516: {
    severity: 'info',
    message: 'A {0} request with a body is unusual.',
    mend: 'Remove the text, or move variables above the request line.',
  },
} as const satisfies ProblemTable;
