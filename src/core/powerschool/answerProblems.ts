import type { ProblemCode } from '../problem/problemCode.ts';

function row(message: string, mend: string): ProblemCode {
  return { severity: 'error', message, mend };
}

/** What PowerSchool answers, by its text first and its status second; 932 to 935 are bodies that cannot be used. */
export const ANSWER_PROBLEMS = {
  PS932: row(
    'The answer is not valid JSON: {0}.',
    'Look at the raw answer; when it stays so, tell the administrator of the server.',
  ),
  PS933: row('The answer is not valid {0} text.', 'Look at the raw bytes; tell the administrator of the server.'),
  PS934: row(
    'The answer is larger than {0} bytes and was not read as one piece.',
    'Ask for smaller pages, or save the records to a file.',
  ),
  PS935: row(
    'The answer is empty where records were expected.',
    'Try again; when it stays so, tell the administrator of the server.',
  ),
  PS950: row(
    'The plugin may not use {0} of {1}.',
    'Add the missing <field> lines to plugin.xml and install it again, or leave these columns out of projection, q and body.',
  ),
  PS951: row(
    'The PowerQuery {0} uses columns that the plugin may not read: {1}.',
    'Add the missing <field> lines to plugin.xml, raise its version and install it again.',
  ),
  PS952: row(
    '{0} refuses this request: {1}.',
    'Check the rights of the plugin in plugin.xml and in Data Provider Configuration.',
  ),
  PS953: row(
    'The table has no column {0} on this server.',
    'Look up the columns with /ws/schema/table/{table}/metadata: they differ with version and configuration.',
  ),
  PS954: row(
    'This column cannot be filtered by: it holds long text or binary data.',
    'Filter by another column, or read the rows and filter them afterwards.',
  ),
  PS955: row(
    'The value in the filter does not fit its column: {0}.',
    'Write a value of the type of the column: a number, or a date as YYYY-MM-DD.',
  ),
  PS956: row(
    '{0} does not understand the request: {1}.',
    'Check q (fields joined by semicolons, compared with ==, =gt= and so on), the parameters and the body.',
  ),
  PS957: row(
    'The PowerQuery {0} is not installed or not enabled.',
    'Check its name and that the plugin is enabled. After a change raise the version of the plugin and install it again; /ws/schema/query/api lists what is there.',
  ),
  PS958: row(
    'The table API does not know this table or row.',
    'Check the spelling. Some tables are not served by the table API on any server; a PowerQuery can still read them.',
  ),
  PS959: row(
    'The record has no row in this extension yet.',
    'Send the same body with POST to /ws/schema/table/{table} instead.',
  ),
  PS960: row(
    'The record has a row in this extension already.',
    'Send the change with PUT to /ws/schema/table/{table}/{id}; the id is the DCID of the parent.',
  ),
  PS961: row(
    'There is nothing with the id {0}.',
    'The address wants the DCID. A student number is looked up with q=local_id==number, a school number in the list of schools.',
  ),
  PS962: row(
    '{0} knows no such path.',
    'Pick the resource from the Explorer; several public lists name paths that no server has.',
  ),
  PS963: row(
    'This table is closed to the table API.',
    'Read it with a PowerQuery, or use the base tables (users and schoolstaff for teachers).',
  ),
  PS964: row(
    'A PowerQuery is called with POST.',
    'Use POST with Content-Type: application/json and the arguments as JSON; {} when there are none.',
  ),
  PS965: row('{0} is not allowed here.', 'Check which methods the resource has.'),
  PS966: row(
    'The server reports a conflict: {0}.',
    'Check the fields named in the answer; a row that others refer to cannot be deleted.',
  ),
  PS967: row(
    'The gradebook asks for the same request once more.',
    'Send it again, unchanged, once. Writes are never repeated by themselves.',
  ),
  PS968: row('The server does not accept the type of the body.', 'Set Content-Type: application/json.'),
  PS969: row(
    '{0} refuses so many requests: the plugin has to wait {1} between two of them.',
    'Wait and try again. The administrator sets the interval in Global API and SIF Settings.',
  ),
  PS980: row(
    '{0} failed while it worked on the request.',
    'Try again with fewer columns or another filter; when it stays so, give the administrator the time of the request.',
  ),
  PS981: row(
    'The gateway before {0} got no proper answer from it.',
    'Try again in a while; reads were repeated already.',
  ),
  PS982: row('{0} is not available at the moment.', 'Try again in a while; reads were repeated already.'),
  PS983: row(
    'The gateway before {0} waited too long for it.',
    'Ask for less: fewer expansions, smaller pages, or a PowerQuery.',
  ),
  PS984: row(
    'The server answered 200 but refused {0} of {1} rows: {2}.',
    'Mend the rows named in the answer and send only those again.',
  ),
  PS985: row(
    '{0} answered with a web page instead of data.',
    'Open the address in a browser: a sign-in page, a portal or a maintenance notice is in the way.',
  ),
  PS986: row('{0} answered in XML.', 'Send the header Accept: application/json.'),
  PS987: row(
    '{0} answers, but does not recognise the token of the plugin.',
    'Check that the plugin is installed and enabled, and sign in again.',
  ),
  PS988: row(
    'Students are not changed at this address.',
    'Send POST /ws/v1/student with "action":"UPDATE", the DCID as "id" and a "client_uid".',
  ),
  PS989: row('{0} answered with status {1}: {2}.', 'Look at the raw answer.'),
  PS994: row('A read of a table needs projection.', 'Add projection=* or the columns that you want, joined by commas.'),
  PS995: row(
    '\u201c{0}\u201d was taken for the name of one column.',
    'Join columns with commas in the address of a table, and with semicolons in the body of a PowerQuery.',
  ),
} as const satisfies Record<string, ProblemCode>;
