import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS560 to PS569: what protects records and credentials. */
export const careProblems = {
  PS560: {
    severity: 'error',
    message: 'A {0} stands in the file.',
    mend: 'Remove it: the sign-in of the server is used by itself. For another value use {{$processEnv NAME}} or http-client.private.env.json.',
    why: 'Request files are shared and kept in version control. A credential in one gives everybody who sees the file access to the records.',
    source: 'Request file contract, authorization',
  },
  PS561: {
    severity: 'warning',
    message: 'This request goes to {0}, not to the active server.',
    mend: 'Start the address with / to send it to the active server.',
    why: 'The token belongs to one server and is never sent to another one. The request goes out without it.',
    source: 'Request file contract, tokens',
  },
  PS562: {
    severity: 'warning',
    message: 'This request changes data on the production server {0}.',
    mend: 'Try it on a test server or the sandbox district first.',
    why: 'A write on a production server changes the records of real children.',
    source: 'Care for the records',
  },
  PS563: {
    severity: 'error',
    message: 'A value of the environment would go to {0}, which is not the active server.',
    mend: 'Use $processEnv only in requests to the active server.',
    why: 'Environment variables often hold secrets. A file from somebody else could send them to any address.',
    source: 'Request file contract, $processEnv',
  },
  PS564: {
    severity: 'warning',
    message: 'The Host header names {0}, but an address that starts with / is on the active server.',
    mend: 'Remove the Host header, or write the whole address.',
    why: 'The request goes to the active server whatever the header says. Because the header names another one, no token goes with it.',
    source: 'Request file contract, target',
  },
  PS565: {
    severity: 'error',
    message: 'The file "{0}" is outside the workspace.',
    mend: 'Copy it into the folder of the request file.',
    why: 'A request file from somebody else could otherwise send any file of this computer.',
    source: 'Request file contract, included files',
  },
  PS566: {
    severity: 'error',
    message: 'The file "{0}" cannot be read.',
    mend: 'Check the path: it counts from the folder of the request file.',
    why: 'A request whose body is missing is not sent.',
    source: 'Request file contract, included files',
  },
} as const satisfies ProblemTable;

/** PS570 to PS589: what keeps a request from being sent or answered. */
export const sendProblems = {
  PS570: {
    severity: 'error',
    message: 'The question "{0}" was not answered.',
    mend: 'Run the request again and give a value.',
    why: 'The request asks for a value with {{$prompt}}. Without it the request is not sent.',
    source: 'Request file contract, $prompt',
  },
  PS571: {
    severity: 'error',
    message: 'There is nobody here to answer "{0}".',
    mend: 'Use a variable instead of {{$prompt}} and give its value with --var.',
    why: 'Questions can be asked in the editor and on a terminal, not in an unattended run.',
    source: 'Request file contract, $prompt',
  },
  PS572: {
    severity: 'error',
    message: 'The header {0} has a value that cannot be sent.',
    mend: 'Remove line breaks and control characters from the value.',
    why: 'A line break in a header value would start a new header.',
    source: 'RFC 9110, section 5.5',
  },
  PS573: {
    severity: 'error',
    message: 'The address "{0}" cannot be read.',
    mend: 'Correct it: it must be a path on the active server or a web address that starts with http:// or https://.',
    why: 'After the variables are replaced the result must be a complete address.',
    source: 'WHATWG URL Standard',
  },
  PS574: {
    severity: 'error',
    message: 'There is no server for this request.',
    mend: 'Select a server, or on the command line set POWERSCHOOL_URL.',
    why: 'An address that starts with / is on the active server, and none is chosen.',
    source: 'Request file contract, target',
  },
  PS575: {
    severity: 'error',
    message: 'The server "{0}" is not known.',
    mend: 'Add it, or on the command line set {1}.',
    why: 'The directive @server names a server. Without its address and sign-in the request cannot be sent.',
    source: 'Request file contract, directives',
  },
  PS576: {
    severity: 'error',
    message: 'The write was not confirmed.',
    mend: 'Run it again and confirm, or choose a test server.',
    why: 'On a production server every request that changes data asks first.',
    source: 'Care for the records',
  },
  PS577: {
    severity: 'error',
    message: 'No answer came within {0} ms.',
    mend: 'Allow more time with "# @timeout", or ask for less data.',
    why: 'The time limit of the request passed before the answer was complete.',
    source: 'Request file contract, directives',
  },
  PS580: {
    severity: 'error',
    message: 'The environment file {0} cannot be read: {1}.',
    mend: 'Correct it: it must be a JSON object of environments, each an object of names and values.',
    why: 'Without it the variables of the environment have no values.',
    source: 'Request file contract, environments',
  },
} as const satisfies ProblemTable;
