import { loadTables } from '../catalog/load.ts';
import { FieldNames } from './fieldNames.ts';
import { PersonalField } from './personalFields.ts';

/**
 * The place above all fields, with the names that come with the product and the columns of the known tables that
 * hold numbers. Read from chunks of their own when first asked for; each call starts anew, so keep the one you get.
 */
export async function loadPersonalFields(): Promise<PersonalField> {
  const [{ default: data }, { tables }] = await Promise.all([
    import('./data/personalFields.json', { with: { type: 'json' } }),
    loadTables(),
  ]);
  const numbers = tables.flatMap(({ columns }) =>
    columns.filter(({ type }) => type === 'integer' || type === 'number' || type === 'boolean').map(({ name }) => name),
  );
  return PersonalField.root(new FieldNames(data, numbers));
}
