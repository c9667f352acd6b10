import type { ProblemCode } from '../problem/problemCode.ts';

function row(message: string, mend: string): ProblemCode {
  return { severity: 'error', message, mend };
}

/** Sign-in (940) and the server's address (990), with the redirects (936, 939) that tell about the server. */
export const SERVER_PROBLEMS = {
  PS936: row(
    '{0} is down for maintenance: it sends everybody to message.powerschool.com.',
    'Try again later, or ask the administrator when it will be back.',
  ),
  PS939: row(
    '{0} redirects to another server, {1}. This was not followed, so that your token stays where it belongs.',
    'If that is your PowerSchool server, make it the address of this server; a sign-in page or a portal is not the API.',
  ),
  PS940: row(
    'There is no Client ID and Secret for {0}.',
    'Sign in again: copy both from Plugin Management, Data Provider Configuration of your plugin.',
  ),
  PS941: row(
    '{0} does not accept this Client ID and Secret.',
    'Copy both again from Data Provider Configuration. Regenerating them, or installing the plugin anew, makes the old ones invalid; the plugin must also be enabled.',
  ),
  PS942: row(
    '{0} does not understand the request for a token: {1}.',
    'In a request of your own, send grant_type=client_credentials as a form body (application/x-www-form-urlencoded), not as JSON.',
  ),
  PS943: row(
    'The answer of {0} to the request for a token holds no token.',
    'Check that the address is that of a PowerSchool server, and look at the answer.',
  ),
  PS944: row(
    'There is no PowerSchool API at {0}.',
    'Use the address that opens PowerSchool for staff, without /admin or any other path.',
  ),
  PS945: row('{0} cannot sign anybody in at the moment (status {1}).', 'Try again in a while.'),
  PS946: row(
    '{0} does not accept the token.',
    'Sign in again. When a new token is refused too, ask the administrator whether the plugin is still enabled.',
  ),
  PS947: row(
    'The plugin may not use the /ws/v1 resources: it needs accessLevelV1Api {0}.',
    'Put <oauth accessLevelV1Api="{0}"/> into plugin.xml, raise the version and install it again, or ask the administrator to set the level in Data Provider Configuration.',
  ),
  PS949: row(
    'The request to {0} would carry the token or the secret of {1}.',
    'Remove the credential from the request: each server gets its own, by itself.',
  ),
  PS990: row('\u201c{0}\u201d is no server address.', 'Write it like https://district.powerschool.com.'),
  PS991: row(
    '{0} is not encrypted: Client Secret, token and student records would travel in the open.',
    'Use https://. Go on only for a test server inside a network that you trust.',
  ),
  PS992: row(
    '{0} is Schoology, another product of PowerSchool.',
    'Use the address of the student information system. Schoology has an API of its own, with keys at /api of its site.',
  ),
  PS993: row(
    '{0} is a sign-in page of the PowerSchool cloud, not the server of a district.',
    'Use the address that you see after you have signed in to the student information system, often https://district.powerschool.com.',
  ),
} as const satisfies Record<string, ProblemCode>;
