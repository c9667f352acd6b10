import type { ProblemCode } from '../problem/problemCode.ts';

function row(message: string, mend: string): ProblemCode {
  return { severity: 'error', message, mend };
}

/**
 * What can go wrong between two machines, before anybody speaks of PowerSchool. 900 connection, 910 TLS, 920 proxy,
 * 925 the answer's form, 936 redirects, 948 CA files. Part of `POWERSCHOOL_PROBLEMS`.
 */
export const NETWORK_PROBLEMS = {
  PS900: row(
    'The name {0} was not found.',
    'Check the spelling of the server address, and that you are in the network or VPN that knows it.',
  ),
  PS901: row('{0} refused the connection.', 'Check the port in the address and that PowerSchool is running there.'),
  PS902: row(
    '{0} closed the connection before it answered.',
    'Try again; when it stays so, a firewall or a load balancer may be cutting the connection.',
  ),
  PS903: row('{0} cannot be reached from this network.', 'Check the network connection or the VPN.'),
  PS904: row(
    '{0} did not accept a connection within {1} ms.',
    'Check the address and port; a firewall may be dropping the call without a word. Raise the time limit on a slow network.',
  ),
  PS905: row(
    '{0} accepted the request and sent no answer within {1} ms.',
    'Ask for less (fewer expansions, smaller pages) or raise the time limit.',
  ),
  PS906: row(
    '{0} stopped in the middle of its answer for {1} ms.',
    'Try again; when it stays so, ask for smaller pages or raise the time limit.',
  ),
  PS907: row(
    '{0} sends its answer too slowly: {1} bytes in {2} ms.',
    'Try again; when it stays so, something between you and the server is holding data back.',
  ),
  PS908: row('The request took longer than its limit of {0} ms.', 'Raise the limit of this request or ask for less.'),
  PS909: row('The request cannot be sent: {0}.', 'Correct the address, the method or the header named here.'),
  PS910: row(
    'The certificate of {0} is self-signed.',
    'Compare its fingerprint with the administrator, then trust this certificate for this server, or add the district\u2019s CA file.',
  ),
  PS911: row('The certificate of {0} has expired.', 'Ask the administrator of the server to renew it.'),
  PS912: row('The certificate of {0} is not valid yet.', 'Check the date and time of this computer.'),
  PS913: row(
    'The certificate at {0} belongs to another name: {1}.',
    'Use the name in the certificate as the server address, or trust this certificate for this server after comparing its fingerprint.',
  ),
  PS914: row(
    'The certificate of {0} was issued by an authority that this computer does not know.',
    'Add the CA file of the district (or of the proxy that inspects TLS) to this server, or trust this certificate after comparing its fingerprint.',
  ),
  PS915: row(
    '{0} shows another certificate than the one you trusted ({1}).',
    'Ask the administrator whether the certificate was renewed, then trust the new one.',
  ),
  PS916: row(
    '{0} speaks only a TLS version that is no longer safe.',
    'Ask the administrator to allow TLS 1.2 or newer.',
  ),
  PS917: row(
    '{0} does not speak TLS at this port.',
    'Check the port; for a plain http server write http:// in the address.',
  ),
  PS918: row(
    'No secure connection to {0} could be agreed on: {1}.',
    'Ask the administrator about the TLS settings of the server; a client certificate is not supported.',
  ),
  PS919: row(
    '{0} accepted the connection but did not finish the TLS greeting within {1} ms.',
    'Try again; when it stays so, a firewall or an inspecting proxy may be holding the connection.',
  ),
  PS920: row(
    'The proxy {0} asks for a user name and password.',
    'Put them into the proxy address (http://user:password@host:port), or check the ones that are there. {1}',
  ),
  PS921: row(
    'The proxy {0} cannot be reached: {1}.',
    'Check the proxy address, or switch the proxy off for this server.',
  ),
  PS922: row(
    'The proxy {0} refused to connect to {1} (status {2}).',
    'Ask who runs the proxy to allow this host, or switch the proxy off for this server (noProxy).',
  ),
  PS923: row(
    'The proxy address {0} cannot be used.',
    'Write it as http://host:port. SOCKS proxies and automatic configuration scripts are not supported.',
  ),
  PS924: row('The proxy {0} gave no proper answer.', 'Check that the address is that of a proxy.'),
  PS925: row('{0} answered with something that is not HTTP.', 'Check the port in the address.'),
  PS926: row(
    'The headers of the answer of {0} are larger than {1} bytes.',
    'Ask the administrator what stands between you and the server: cookies of a gateway are the usual reason.',
  ),
  PS927: row('The answer of {0} broke off after {1} bytes.', 'Try again; when it stays so, ask for smaller pages.'),
  PS928: row(
    '{0} announced {1} bytes and sent {2}.',
    'Try again; when it stays so, something between you and the server changes the answers.',
  ),
  PS929: row(
    'The compressed answer of {0} is damaged.',
    'Try again; when it stays so, something between you and the server changes the answers.',
  ),
  PS930: row(
    'The answer of {0} unpacks to more than {1} times its size.',
    'Check that the address is that of your PowerSchool server.',
  ),
  PS931: row(
    '{0} compressed its answer in a way that is not known here: {1}.',
    'Remove the Accept-Encoding header of the request.',
  ),
  PS937: row(
    'The redirects of {0} lead back to themselves.',
    'Check the address; when it is right, tell the administrator of the server.',
  ),
  PS938: row(
    '{0} redirects more than {1} times.',
    'Check the address; when it is right, tell the administrator of the server.',
  ),
  PS948: row(
    'The CA file for {0} holds no certificate that can be read.',
    'Save the certificate of the authority in Base64 form (PEM): a text that starts with -----BEGIN CERTIFICATE-----.',
  ),
} as const satisfies Record<string, ProblemCode>;

export type NetworkCode = keyof typeof NETWORK_PROBLEMS;
