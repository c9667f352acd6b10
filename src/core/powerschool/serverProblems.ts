import type { ProblemCode } from '../problem/problemCode.ts';

const BEHAVIOUR = 'PowerSchool developer documentation, OAuth';
const PLUGIN = 'PowerSchool Customization Reference, plugin.xml';

function row(message: string, mend: string, why: string, source: string): ProblemCode {
  return { severity: 'error', message, mend, why, source };
}

/** Sign-in (940) and the server's address (990), with the redirects (936, 939) that tell about the server. */
export const SERVER_PROBLEMS = {
  PS936: row(
    '{0} is down for maintenance: it sends everybody to message.powerschool.com.',
    'Try again later, or ask the administrator when it will be back.',
    'While a hosted server is down, PowerSchool answers every call with a redirect to its message page. Nothing is wrong with your request.',
    'Observed by client libraries',
  ),
  PS939: row(
    '{0} redirects to another server, {1}. This was not followed, so that your token stays where it belongs.',
    'If that is your PowerSchool server, make it the address of this server; a sign-in page or a portal is not the API.',
    'A token is sent to its own server alone. Redirects inside the server are followed, those to anywhere else are shown to you.',
    'RFC 9110, 3xx',
  ),
  PS940: row(
    'There is no Client ID and Secret for {0}.',
    'Sign in again: copy both from Plugin Management, Data Provider Configuration of your plugin.',
    'The store of secrets has nothing for this server: it was never filled, the profile moved to another computer, the keyring is locked, or the address of the server changed.',
    BEHAVIOUR,
  ),
  PS941: row(
    '{0} does not accept this Client ID and Secret.',
    'Copy both again from Data Provider Configuration. Regenerating them, or installing the plugin anew, makes the old ones invalid; the plugin must also be enabled.',
    'The credentials belong to one installed and enabled plugin. Each failed try is written to the log of the server, so no further one is made by itself.',
    BEHAVIOUR,
  ),
  PS942: row(
    '{0} does not understand the request for a token: {1}.',
    'In a request of your own, send grant_type=client_credentials as a form body (application/x-www-form-urlencoded), not as JSON.',
    'The token is asked for with a form body and Basic credentials. Anything else is refused although Client ID and Secret are right.',
    BEHAVIOUR,
  ),
  PS943: row(
    'The answer of {0} to the request for a token holds no token.',
    'Check that the address is that of a PowerSchool server, and look at the answer.',
    'A token answer is JSON with access_token. A gateway, a portal or another product may be answering here.',
    BEHAVIOUR,
  ),
  PS944: row(
    'There is no PowerSchool API at {0}.',
    'Use the address that opens PowerSchool for staff, without /admin or any other path.',
    'The address answers, but not as a PowerSchool server does.',
    BEHAVIOUR,
  ),
  PS945: row(
    '{0} cannot sign anybody in at the moment (status {1}).',
    'Try again in a while.',
    'The server or the gateway before it is busy, restarting or down.',
    BEHAVIOUR,
  ),
  PS946: row(
    '{0} does not accept the token.',
    'Sign in again. When a new token is refused too, ask the administrator whether the plugin is still enabled.',
    'A token ends after some weeks, when the credentials are regenerated and when the plugin is installed anew. It was renewed once by itself; the server refused that one as well, or gave none.',
    'WWW-Authenticate, RFC 6750',
  ),
  PS947: row(
    'The plugin may not use the /ws/v1 resources: it needs accessLevelV1Api {0}.',
    'Put <oauth accessLevelV1Api="{0}"/> into plugin.xml, raise the version and install it again, or ask the administrator to set the level in Data Provider Configuration.',
    'Since PowerSchool 25.2 the /ws/v1 resources need this level, and its default is NONE. No <field> line cures it, and neither does a new token.',
    PLUGIN,
  ),
  PS949: row(
    'The request to {0} would carry the token or the secret of {1}.',
    'Remove the credential from the request: each server gets its own, by itself.',
    'A credential goes to its own server and nowhere else, whatever a request file says.',
    'Rule of this product',
  ),
  PS990: row(
    '\u201c{0}\u201d is no server address.',
    'Write it like https://district.powerschool.com.',
    'Only the scheme, the host and a port are needed; everything after the host is left out.',
    'URL standard',
  ),
  PS991: row(
    '{0} is not encrypted: Client Secret, token and student records would travel in the open.',
    'Use https://. Go on only for a test server inside a network that you trust.',
    'Plain http is fine on this very computer (the sandbox), nowhere else.',
    'Rule of this product',
  ),
  PS992: row(
    '{0} is Schoology, another product of PowerSchool.',
    'Use the address of the student information system. Schoology has an API of its own, with keys at /api of its site.',
    'The two have different addresses, keys and resources.',
    'PowerSchool and Schoology developer documentation',
  ),
  PS993: row(
    '{0} is a sign-in page of the PowerSchool cloud, not the server of a district.',
    'Use the address that you see after you have signed in to the student information system, often https://district.powerschool.com.',
    'Single sign-on pages are shared by many districts and know no API.',
    'PowerSchool hosting documentation',
  ),
} as const satisfies Record<string, ProblemCode>;
