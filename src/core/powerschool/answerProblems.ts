import type { ProblemCode } from '../problem/problemCode.ts';

const TABLES = 'PowerSchool developer documentation, tables';
const QUERIES = 'PowerSchool developer documentation, PowerQueries';
const V1 = 'PowerSchool developer documentation, /ws/v1 resources';
const STATUS = 'RFC 9110, status codes';

function row(message: string, mend: string, why: string, source: string): ProblemCode {
  return { severity: 'error', message, mend, why, source };
}

/** What PowerSchool answers, by its text first and its status second; 932 to 935 are bodies that cannot be used. */
export const ANSWER_PROBLEMS = {
  PS932: row(
    'The answer is not valid JSON: {0}.',
    'Look at the raw answer; when it stays so, tell the administrator of the server.',
    'The server says that this is JSON, but it cannot be read as such.',
    'RFC 8259',
  ),
  PS933: row(
    'The answer is not valid {0} text.',
    'Look at the raw bytes; tell the administrator of the server.',
    'The bytes do not fit the character set that the server names, so letters of names would be wrong.',
    'Content-Type, charset',
  ),
  PS934: row(
    'The answer is larger than {0} bytes and was not read as one piece.',
    'Ask for smaller pages, or save the records to a file.',
    'Lists of any size can be read page by page or written to a file; a single value in memory has a limit.',
    'Limit of this product',
  ),
  PS935: row(
    'The answer is empty where records were expected.',
    'Try again; when it stays so, tell the administrator of the server.',
    'The status says success, but there is not a single byte. An answer without records has at least a wrapper.',
    V1,
  ),
  PS950: row(
    'The plugin may not use {0} of {1}.',
    'Add the missing <field> lines to plugin.xml and install it again, or leave these columns out of projection, q and body.',
    'Tables open column by column, by the access_request of the plugin. projection=* asks for every column of the table.',
    TABLES,
  ),
  PS951: row(
    'The PowerQuery {0} uses columns that the plugin may not read: {1}.',
    'Add the missing <field> lines to plugin.xml, raise its version and install it again.',
    'Each column that a PowerQuery names in its XML must be granted to the plugin that calls it.',
    QUERIES,
  ),
  PS952: row(
    '{0} refuses this request: {1}.',
    'Check the rights of the plugin in plugin.xml and in Data Provider Configuration.',
    'The token is good, but this is not allowed with it.',
    STATUS,
  ),
  PS953: row(
    'The table has no column {0} on this server.',
    'Look up the columns with /ws/schema/table/{table}/metadata: they differ with version and configuration.',
    'The dictionary lists more columns than each server has, for example those of alerts.',
    TABLES,
  ),
  PS954: row(
    'This column cannot be filtered by: it holds long text or binary data.',
    'Filter by another column, or read the rows and filter them afterwards.',
    'CLOB and BLOB columns are not allowed in q.',
    TABLES,
  ),
  PS955: row(
    'The value in the filter does not fit its column: {0}.',
    'Write a value of the type of the column: a number, or a date as YYYY-MM-DD.',
    'The type of the value is checked before anything else.',
    TABLES,
  ),
  PS956: row(
    '{0} does not understand the request: {1}.',
    'Check q (fields joined by semicolons, compared with ==, =gt= and so on), the parameters and the body.',
    'A filter, a parameter or the body is not as the resource wants it.',
    V1,
  ),
  PS957: row(
    'The PowerQuery {0} is not installed or not enabled.',
    'Check its name and that the plugin is enabled. After a change raise the version of the plugin and install it again; /ws/schema/query/api lists what is there.',
    'A query counts when its file ends in .named_queries.xml, lies under queries_root and came with a new version of an enabled plugin.',
    QUERIES,
  ),
  PS958: row(
    'The table API does not know this table or row.',
    'Check the spelling. Some tables are not served by the table API on any server; a PowerQuery can still read them.',
    'Tables that are not offered answer just like tables that do not exist, whatever the plugin is granted.',
    TABLES,
  ),
  PS959: row(
    'The record has no row in this extension yet.',
    'Send the same body with POST to /ws/schema/table/{table} instead.',
    'A row of a one-to-one extension is inserted with POST when it is absent and changed with PUT when it is there.',
    TABLES,
  ),
  PS960: row(
    'The record has a row in this extension already.',
    'Send the change with PUT to /ws/schema/table/{table}/{id}; the id is the DCID of the parent.',
    'A row of a one-to-one extension is inserted with POST when it is absent and changed with PUT when it is there.',
    TABLES,
  ),
  PS961: row(
    'There is nothing with the id {0}.',
    'The address wants the DCID. A student number is looked up with q=local_id==number, a school number in the list of schools.',
    'A student has three ids: the number people know, the ID that other tables join by, and the DCID that addresses want.',
    V1,
  ),
  PS962: row(
    '{0} knows no such path.',
    'Pick the resource from the Explorer; several public lists name paths that no server has.',
    'Paths such as /ws/v1/district/staff or /ws/v1/students circulate, but do not exist. Some resources need a newer server.',
    V1,
  ),
  PS963: row(
    'This table is closed to the table API.',
    'Read it with a PowerQuery, or use the base tables (users and schoolstaff for teachers).',
    'A few tables answer 405 whatever the plugin is granted.',
    TABLES,
  ),
  PS964: row(
    'A PowerQuery is called with POST.',
    'Use POST with Content-Type: application/json and the arguments as JSON; {} when there are none.',
    'GET on a PowerQuery is refused.',
    QUERIES,
  ),
  PS965: row(
    '{0} is not allowed here.',
    'Check which methods the resource has.',
    'The path exists, but not with this method.',
    STATUS,
  ),
  PS966: row(
    'The server reports a conflict: {0}.',
    'Check the fields named in the answer; a row that others refer to cannot be deleted.',
    'Gradebook resources answer so when a value is not valid, others when a row cannot be deleted.',
    'PowerSchool developer documentation, XTE',
  ),
  PS967: row(
    'The gradebook asks for the same request once more.',
    'Send it again, unchanged, once. Writes are never repeated by themselves.',
    'Some gradebook resources answer 412 the first time.',
    'PowerSchool developer documentation, XTE',
  ),
  PS968: row(
    'The server does not accept the type of the body.',
    'Set Content-Type: application/json.',
    'Writes are sent as JSON and must say so.',
    V1,
  ),
  PS969: row(
    '{0} refuses so many requests: the plugin has to wait {1} between two of them.',
    'Wait and try again. The administrator sets the interval in Global API and SIF Settings.',
    'Requests are already sent one at a time after the first refusal, and reads were repeated. Another program may be using the same plugin.',
    'PowerSchool administration, Global API and SIF Settings',
  ),
  PS980: row(
    '{0} failed while it worked on the request.',
    'Try again with fewer columns or another filter; when it stays so, give the administrator the time of the request.',
    'Something went wrong inside the server; its log says what.',
    STATUS,
  ),
  PS981: row(
    'The gateway before {0} got no proper answer from it.',
    'Try again in a while; reads were repeated already.',
    'Usually PowerSchool is restarting.',
    STATUS,
  ),
  PS982: row(
    '{0} is not available at the moment.',
    'Try again in a while; reads were repeated already.',
    'The server is starting, overloaded or in maintenance.',
    STATUS,
  ),
  PS983: row(
    'The gateway before {0} waited too long for it.',
    'Ask for less: fewer expansions, smaller pages, or a PowerQuery.',
    'The request takes longer than the gateway allows.',
    STATUS,
  ),
  PS984: row(
    'The server answered 200 but refused {0} of {1} rows: {2}.',
    'Mend the rows named in the answer and send only those again.',
    'A bulk write answers 200 even when rows failed; each row has a status of its own.',
    V1,
  ),
  PS985: row(
    '{0} answered with a web page instead of data.',
    'Open the address in a browser: a sign-in page, a portal or a maintenance notice is in the way.',
    'The API never answers with HTML. Something else did.',
    V1,
  ),
  PS986: row(
    '{0} answered in XML.',
    'Send the header Accept: application/json.',
    'The /ws/v1 resources prefer XML unless they are asked for JSON.',
    V1,
  ),
  PS987: row(
    '{0} answers, but does not recognise the token of the plugin.',
    'Check that the plugin is installed and enabled, and sign in again.',
    'The metadata resource answers everybody; only to a valid token does it name the plugin (plugin_id).',
    'Observed on live servers',
  ),
  PS988: row(
    'Students are not changed at this address.',
    'Send POST /ws/v1/student with "action":"UPDATE", the DCID as "id" and a "client_uid".',
    'No PowerSchool server has PUT, PATCH or DELETE on /ws/v1/student/{id}; code that uses them comes from guesses.',
    V1,
  ),
  PS989: row(
    '{0} answered with status {1}: {2}.',
    'Look at the raw answer.',
    'An answer that is not documented.',
    STATUS,
  ),
  PS994: row(
    'A read of a table needs projection.',
    'Add projection=* or the columns that you want, joined by commas.',
    'The table API returns only the columns that it is asked for.',
    TABLES,
  ),
  PS995: row(
    '\u201c{0}\u201d was taken for the name of one column.',
    'Join columns with commas in the address of a table, and with semicolons in the body of a PowerQuery.',
    'The two families use different separators for the same thing.',
    QUERIES,
  ),
} as const satisfies Record<string, ProblemCode>;
