/** The families of the API, each with its own error shape. */
export type Family = 'oauth' | 'v1' | 'schema' | 'contacts' | 'xte' | 'other';

export function familyOf(path: string): Family {
  if (path.startsWith('/oauth')) return 'oauth';
  if (path.startsWith('/ws/v1')) return 'v1';
  if (path.startsWith('/ws/schema')) return 'schema';
  if (path.startsWith('/ws/contacts')) return 'contacts';
  if (path.startsWith('/ws/xte')) return 'xte';
  return 'other';
}
