import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS520 to PS529: variables and names of requests. */
export const nameProblems = {
  PS520: {
    severity: 'error',
    message: 'The variable "{0}" is not defined.',
    mend: 'Add a line "@{0} = value", or define it in http-client.env.json.',
  },
  PS521: {
    severity: 'error',
    message: 'The variable "{0}" is defined by itself: {1}.',
    mend: 'Give one of them a value of its own.',
  },
  PS522: {
    severity: 'error',
    message: 'No request in this file is named "{0}".',
    mend: 'Add "# @name {0}" above the request whose answer you mean.',
  },
  PS523: {
    severity: 'warning',
    message: 'The request "{0}" comes later in the file.',
    mend: 'Move it above this request.',
  },
  PS524: {
    severity: 'error',
    message: '"{0}" cannot be the name of a request.',
    mend: 'Start with a letter or "_", then use letters, digits and "_".',
  },
  PS525: {
    severity: 'warning',
    message: 'Another request is named "{0}" too.',
    mend: 'Give each request a name of its own.',
  },
  PS526: {
    severity: 'error',
    message: '"{0}" cannot be used like this.',
    mend: '{1}',
  },
  PS527: {
    severity: 'error',
    message: 'This part of an answer cannot be found: {0}.',
    mend: 'Write {{name.response.body.$.path}} or {{name.response.headers.Name}}.',
  },
  PS528: {
    severity: 'error',
    message: 'The answer of "{0}" has no {1}.',
    mend: 'Look at that answer and correct the path.',
  },
  PS529: {
    severity: 'error',
    message: 'The request "{0}" has no answer yet.',
    mend: 'Run it first, and see why it failed if it did.',
  },
} as const satisfies ProblemTable;

/** PS530 to PS539: directives, expectations and environments. */
export const directiveProblems = {
  PS530: {
    severity: 'warning',
    message: 'The directive "@{0}" is not known.',
    mend: 'Use @name, @server, @pages, @timeout or @expect.',
  },
  PS531: {
    severity: 'info',
    message: 'The directive "@{0}" belongs to another tool and has no effect here.',
    mend: 'Leave it for that tool, or remove it.',
  },
  PS532: {
    severity: 'error',
    message: 'The directive "@{0}" cannot be read.',
    mend: '{1}',
  },
  PS533: {
    severity: 'error',
    message: 'This expectation cannot be read: {0}.',
    mend: 'Write for example "# @expect status == 200" or "# @expect body $.students.student[0].id exists".',
  },
  PS534: {
    severity: 'warning',
    message: 'This request has more than one "@{0}".',
    mend: 'Keep one; the first one counts.',
  },
  PS535: {
    severity: 'warning',
    message: 'There is no server named "{0}".',
    mend: 'Add it in the Servers view, or correct the name.',
  },
  PS536: {
    severity: 'error',
    message: 'The variable "{0}" is defined in environments that are not chosen: {1}.',
    mend: 'Choose one: with "Select Environment" in the editor, with --env on the command line.',
  },
} as const satisfies ProblemTable;
