import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS520 to PS529: variables and names of requests. */
export const nameProblems = {
  PS520: {
    severity: 'error',
    message: 'The variable "{0}" is not defined.',
    mend: 'Add a line "@{0} = value", or define it in http-client.env.json.',
    why: 'A request with an undefined variable is not sent, because the server would get the braces instead of a value.',
    source: 'Request file contract, undefined',
  },
  PS521: {
    severity: 'error',
    message: 'The variable "{0}" is defined by itself: {1}.',
    mend: 'Give one of them a value of its own.',
    why: 'Variables that refer to each other in a circle have no value, so the request cannot be sent.',
    source: 'Request file contract, undefined',
  },
  PS522: {
    severity: 'error',
    message: 'No request in this file is named "{0}".',
    mend: 'Add "# @name {0}" above the request whose answer you mean.',
    why: 'A value of an earlier answer is taken from the request that carries the name in the same file.',
    source: 'Request file contract, names',
  },
  PS523: {
    severity: 'warning',
    message: 'The request "{0}" comes later in the file.',
    mend: 'Move it above this request.',
    why: 'Requests run in the order of the file, so its answer is not there yet when this one is sent.',
    source: 'Request file contract, names',
  },
  PS524: {
    severity: 'error',
    message: '"{0}" cannot be the name of a request.',
    mend: 'Start with a letter or "_", then use letters, digits and "_".',
    why: 'The name is used in variables such as {{name.response.body.$.id}}, so it must be one plain word.',
    source: 'Request file contract, names',
  },
  PS525: {
    severity: 'warning',
    message: 'Another request is named "{0}" too.',
    mend: 'Give each request a name of its own.',
    why: 'When two requests share a name, the latest answer counts, which depends on the order in which they ran.',
    source: 'Request file contract, names',
  },
  PS526: {
    severity: 'error',
    message: '"{0}" cannot be used like this.',
    mend: '{1}',
    why: 'Variables that start with $ are made by the tool for each request. Only the known ones, with the right arguments, have a value.',
    source: 'Request file contract, dynamic',
  },
  PS527: {
    severity: 'error',
    message: 'This part of an answer cannot be found: {0}.',
    mend: 'Write {{name.response.body.$.path}} or {{name.response.headers.Name}}.',
    why: 'Values of an earlier answer are taken from its JSON body by a JSONPath, or from its headers by name.',
    source: 'Request file contract; RFC 9535',
  },
  PS528: {
    severity: 'error',
    message: 'The answer of "{0}" has no {1}.',
    mend: 'Look at that answer and correct the path.',
    why: 'A request that needs a value which the earlier answer does not contain is not sent.',
    source: 'Request file contract, undefined',
  },
  PS529: {
    severity: 'error',
    message: 'The request "{0}" has no answer yet.',
    mend: 'Run it first, and see why it failed if it did.',
    why: 'The value comes from the answer of that request, and there is none.',
    source: 'Request file contract, undefined',
  },
} as const satisfies ProblemTable;

/** PS530 to PS539: directives and expectations. */
export const directiveProblems = {
  PS530: {
    severity: 'warning',
    message: 'The directive "@{0}" is not known.',
    mend: 'Use @name, @server, @pages, @timeout or @expect.',
    why: 'A comment that starts with @ is a directive. A misspelt one is passed over, so a check or a time limit would silently be missing.',
    source: 'Request file contract, directives',
  },
  PS531: {
    severity: 'info',
    message: 'The directive "@{0}" belongs to another tool and has no effect here.',
    mend: 'Leave it for that tool, or remove it.',
    why: 'REST Client, httpYac and JetBrains have directives of their own. They are passed over here.',
    source: 'Request file contract, directives',
  },
  PS532: {
    severity: 'error',
    message: 'The directive "@{0}" cannot be read.',
    mend: '{1}',
    why: 'A directive with a wrong value would have no effect, so it is better corrected.',
    source: 'Request file contract, directives',
  },
  PS533: {
    severity: 'error',
    message: 'This expectation cannot be read: {0}.',
    mend: 'Write for example "# @expect status == 200" or "# @expect body $.students.student[0].id exists".',
    why: 'An expectation that cannot be read checks nothing. On the command line the run ends with exit code 2.',
    source: 'Request file contract, expectations',
  },
  PS534: {
    severity: 'warning',
    message: 'This request has more than one "@{0}".',
    mend: 'Keep one; the first one counts.',
    why: 'Except for @expect, a directive can hold only one value for a request.',
    source: 'Request file contract, directives',
  },
  PS535: {
    severity: 'warning',
    message: 'There is no server named "{0}".',
    mend: 'Add it in the Servers view, or correct the name.',
    why: 'The request is sent to the server that the directive names. Without such a server it cannot be sent.',
    source: 'Request file contract, directives',
  },
} as const satisfies ProblemTable;
