import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS560 to PS569: what protects records and credentials. */
export const careProblems = {
  PS560: {
    severity: 'error',
    message: 'A {0} stands in the file.',
    mend: 'Remove it: the sign-in of the server is used by itself. For another value use {{$processEnv NAME}} or http-client.private.env.json.',
  },
  PS561: {
    severity: 'warning',
    message: 'This request goes to {0}, not to the active server.',
    mend: 'Start the address with / to send it to the active server.',
  },
  PS562: {
    severity: 'warning',
    message: 'This request changes data on the production server {0}.',
    mend: 'Try it on a test server or the sandbox district first.',
  },
  PS563: {
    severity: 'error',
    message: 'A value of the environment would go to {0}, which is not the active server.',
    mend: 'Use $processEnv only in requests to the active server.',
  },
  PS564: {
    severity: 'warning',
    message: 'The Host header names {0}, but an address that starts with / is on the active server.',
    mend: 'Remove the Host header, or write the whole address.',
  },
  PS565: {
    severity: 'error',
    message: 'The file "{0}" is outside the workspace.',
    mend: 'Copy it into the folder of the request file.',
  },
  PS566: {
    severity: 'error',
    message: 'The file "{0}" cannot be read.',
    mend: 'Check the path: it counts from the folder of the request file.',
  },
} as const satisfies ProblemTable;

/** PS570 to PS589: what keeps a request from being sent or answered. */
export const sendProblems = {
  PS570: {
    severity: 'error',
    message: 'The question "{0}" was not answered.',
    mend: 'Run the request again and give a value.',
  },
  PS571: {
    severity: 'error',
    message: 'There is nobody here to answer "{0}".',
    mend: 'Use a variable instead of {{$prompt}} and give its value with --var.',
  },
  PS572: {
    severity: 'error',
    message: 'The header {0} has a value that cannot be sent.',
    mend: 'Remove line breaks and control characters from the value.',
  },
  PS573: {
    severity: 'error',
    message: 'The address "{0}" cannot be read.',
    mend: 'Correct it: it must be a path on the active server or a web address that starts with http:// or https://.',
  },
  PS574: {
    severity: 'error',
    message: 'There is no server for this request.',
    mend: 'Select a server, or on the command line set POWERSCHOOL_URL.',
  },
  PS575: {
    severity: 'error',
    message: 'The server "{0}" is not known.',
    mend: 'Add it, or on the command line set {1}.',
  },
  PS576: {
    severity: 'error',
    message: 'The write was not confirmed.',
    mend: 'Run it again and confirm, or choose a test server.',
  },
  PS577: {
    severity: 'error',
    message: 'No answer came within {0} ms.',
    mend: 'Allow more time with "# @timeout", or ask for less data.',
  },
  PS580: {
    severity: 'error',
    message: 'The environment file {0} cannot be read: {1}.',
    mend: 'Correct it: it must be a JSON object of environments, each an object of names and values.',
  },
} as const satisfies ProblemTable;
