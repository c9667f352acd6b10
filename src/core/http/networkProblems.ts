import type { ProblemCode } from '../problem/problemCode.ts';

const NODE = 'Node.js error codes';
const HTTP = 'RFC 9112';

function row(message: string, mend: string, why: string, source: string): ProblemCode {
  return { severity: 'error', message, mend, why, source };
}

/**
 * What can go wrong between two machines, before anybody speaks of PowerSchool. 900 connection, 910 TLS, 920 proxy,
 * 925 the answer's form, 936 redirects, 948 CA files. Part of `POWERSCHOOL_PROBLEMS`.
 */
export const NETWORK_PROBLEMS = {
  PS900: row(
    'The name {0} was not found.',
    'Check the spelling of the server address, and that you are in the network or VPN that knows it.',
    'The name service has no address for this host. A district server may be known only inside the district network.',
    NODE,
  ),
  PS901: row(
    '{0} refused the connection.',
    'Check the port in the address and that PowerSchool is running there.',
    'The machine answers, but nothing listens at this port, or a firewall turns the call away at once.',
    NODE,
  ),
  PS902: row(
    '{0} closed the connection before it answered.',
    'Try again; when it stays so, a firewall or a load balancer may be cutting the connection.',
    'The connection was open and the request was sent, then the other side ended it without an answer. For a write it is not known whether it was carried out.',
    NODE,
  ),
  PS903: row(
    '{0} cannot be reached from this network.',
    'Check the network connection or the VPN.',
    'There is no way from this machine to that address.',
    NODE,
  ),
  PS904: row(
    '{0} did not accept a connection within {1} ms.',
    'Check the address and port; a firewall may be dropping the call without a word. Raise the time limit on a slow network.',
    'Nobody answered the attempt to connect. A wrong port behind a firewall looks just like this.',
    NODE,
  ),
  PS905: row(
    '{0} accepted the request and sent no answer within {1} ms.',
    'Ask for less (fewer expansions, smaller pages) or raise the time limit.',
    'The server is working or is stuck. Expansions on the list of all students and pages without an end are the usual reason.',
    NODE,
  ),
  PS906: row(
    '{0} stopped in the middle of its answer for {1} ms.',
    'Try again; when it stays so, ask for smaller pages or raise the time limit.',
    'The beginning of the answer arrived, then nothing more.',
    NODE,
  ),
  PS907: row(
    '{0} sends its answer too slowly: {1} bytes in {2} ms.',
    'Try again; when it stays so, something between you and the server is holding data back.',
    'A few bytes from time to time keep a connection open without end. A request ends when that is all that comes.',
    NODE,
  ),
  PS908: row(
    'The request took longer than its limit of {0} ms.',
    'Raise the limit of this request or ask for less.',
    'The limit covers the whole request, from the first byte sent to the last one received.',
    NODE,
  ),
  PS909: row(
    'The request cannot be sent: {0}.',
    'Correct the address, the method or the header named here.',
    'HTTP allows only certain characters in methods and headers, and a few headers are the business of the connection itself.',
    HTTP,
  ),
  PS910: row(
    'The certificate of {0} is self-signed.',
    'Compare its fingerprint with the administrator, then trust this certificate for this server, or add the district\u2019s CA file.',
    'Nobody known to this machine vouches for the certificate, so it could be anybody\u2019s. Many servers that districts run themselves are like this.',
    'TLS certificate verification',
  ),
  PS911: row(
    'The certificate of {0} has expired.',
    'Ask the administrator of the server to renew it.',
    'A certificate is valid for a limited time. An expired one is refused, even one that you chose to trust.',
    'TLS certificate verification',
  ),
  PS912: row(
    'The certificate of {0} is not valid yet.',
    'Check the date and time of this computer.',
    'Its first day lies in the future, as seen from here. Usually the clock is wrong.',
    'TLS certificate verification',
  ),
  PS913: row(
    'The certificate at {0} belongs to another name: {1}.',
    'Use the name in the certificate as the server address, or trust this certificate for this server after comparing its fingerprint.',
    'The certificate proves another host than the one you asked for: a server with several names, or somebody in between.',
    'RFC 9525',
  ),
  PS914: row(
    'The certificate of {0} was issued by an authority that this computer does not know.',
    'Add the CA file of the district (or of the proxy that inspects TLS) to this server, or trust this certificate after comparing its fingerprint.',
    'A private authority issued it, an inspecting proxy replaced it, or the server leaves out an intermediate certificate.',
    'TLS certificate verification',
  ),
  PS915: row(
    '{0} shows another certificate than the one you trusted ({1}).',
    'Ask the administrator whether the certificate was renewed, then trust the new one.',
    'Only the pinned certificate is accepted for this server. A renewal changes it, and so does somebody in between.',
    'Pinned certificate of the server',
  ),
  PS916: row(
    '{0} speaks only a TLS version that is no longer safe.',
    'Ask the administrator to allow TLS 1.2 or newer.',
    'TLS 1.0 and 1.1 are refused by current software.',
    'RFC 8996',
  ),
  PS917: row(
    '{0} does not speak TLS at this port.',
    'Check the port; for a plain http server write http:// in the address.',
    'The answer to the greeting was not TLS. Usually the port is that of a plain http server or of something else.',
    'RFC 8446',
  ),
  PS918: row(
    'No secure connection to {0} could be agreed on: {1}.',
    'Ask the administrator about the TLS settings of the server; a client certificate is not supported.',
    'Both sides speak TLS but found no way that suits both, or the server asks for a client certificate.',
    'RFC 8446',
  ),
  PS919: row(
    '{0} accepted the connection but did not finish the TLS greeting within {1} ms.',
    'Try again; when it stays so, a firewall or an inspecting proxy may be holding the connection.',
    'The connection is open, the secure layer over it never came about.',
    'RFC 8446',
  ),
  PS920: row(
    'The proxy {0} asks for a user name and password.',
    'Put them into the proxy address (http://user:password@host:port), or check the ones that are there. {1}',
    'The proxy answered 407. Only Basic credentials can be sent; a proxy that takes only NTLM or Negotiate needs a local helper.',
    'RFC 9110, 407',
  ),
  PS921: row(
    'The proxy {0} cannot be reached: {1}.',
    'Check the proxy address, or switch the proxy off for this server.',
    'The request goes through a proxy by the editor\u2019s settings, the environment or the settings of the server, and the proxy does not answer.',
    NODE,
  ),
  PS922: row(
    'The proxy {0} refused to connect to {1} (status {2}).',
    'Ask who runs the proxy to allow this host, or switch the proxy off for this server (noProxy).',
    'The proxy works, but its rules do not allow this host or port, or it could not reach it.',
    'RFC 9110, CONNECT',
  ),
  PS923: row(
    'The proxy address {0} cannot be used.',
    'Write it as http://host:port. SOCKS proxies and automatic configuration scripts are not supported.',
    'Only http and https proxies are supported.',
    'Proxy settings',
  ),
  PS924: row(
    'The proxy {0} gave no proper answer.',
    'Check that the address is that of a proxy.',
    'What came back to the request for a tunnel was not HTTP, or ended too early.',
    'RFC 9110, CONNECT',
  ),
  PS925: row(
    '{0} answered with something that is not HTTP.',
    'Check the port in the address.',
    'The first bytes are not those of an HTTP answer. Another service may be listening there.',
    HTTP,
  ),
  PS926: row(
    'The headers of the answer of {0} are larger than {1} bytes.',
    'Ask the administrator what stands between you and the server: cookies of a gateway are the usual reason.',
    'The limit protects the editor from an answer that never comes to its body.',
    HTTP,
  ),
  PS927: row(
    'The answer of {0} broke off after {1} bytes.',
    'Try again; when it stays so, ask for smaller pages.',
    'The connection ended before the end of the body. What arrived is incomplete and is not used.',
    HTTP,
  ),
  PS928: row(
    '{0} announced {1} bytes and sent {2}.',
    'Try again; when it stays so, something between you and the server changes the answers.',
    'The length in the headers and the length of the body differ, so the body cannot be trusted to be whole.',
    HTTP,
  ),
  PS929: row(
    'The compressed answer of {0} is damaged.',
    'Try again; when it stays so, something between you and the server changes the answers.',
    'The body does not unpack as its Content-Encoding says.',
    'RFC 9110, Content-Encoding',
  ),
  PS930: row(
    'The answer of {0} unpacks to more than {1} times its size.',
    'Check that the address is that of your PowerSchool server.',
    'A small answer that grows without end would fill the memory: a so-called decompression bomb.',
    'Guard against decompression bombs',
  ),
  PS931: row(
    '{0} compressed its answer in a way that is not known here: {1}.',
    'Remove the Accept-Encoding header of the request.',
    'gzip, deflate and br are understood.',
    'RFC 9110, Content-Encoding',
  ),
  PS937: row(
    'The redirects of {0} lead back to themselves.',
    'Check the address; when it is right, tell the administrator of the server.',
    'The same address came up twice while following redirects.',
    'RFC 9110, 3xx',
  ),
  PS938: row(
    '{0} redirects more than {1} times.',
    'Check the address; when it is right, tell the administrator of the server.',
    'Redirects are followed at most this many times.',
    'RFC 9110, 3xx',
  ),
  PS948: row(
    'The CA file for {0} holds no certificate that can be read.',
    'Save the certificate of the authority in Base64 form (PEM): a text that starts with -----BEGIN CERTIFICATE-----.',
    'Windows also exports certificates in a binary form (DER), which is not understood here.',
    'RFC 7468',
  ),
} as const satisfies Record<string, ProblemCode>;

export type NetworkCode = keyof typeof NETWORK_PROBLEMS;
