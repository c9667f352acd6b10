/**
 * Does the request change records? POST, PUT, PATCH and DELETE do; a PowerQuery, a count and a sign-in are reads
 * that happen to be a POST.
 * @param path of the address; a query behind it does not matter.
 */
export function isWrite(method: string, path: string): boolean {
  const verb = method.toUpperCase();
  if (verb === 'PUT' || verb === 'PATCH' || verb === 'DELETE') return true;
  return verb === 'POST' && !/^\/ws\/schema\/query\/|\/count\/?$|^\/oauth\//i.test(path.replace(/[?#].*$/s, ''));
}
