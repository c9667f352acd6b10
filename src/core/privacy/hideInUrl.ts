import { HIDDEN, type PersonalField } from './personalFields.ts';

/** Parameters that steer an answer and name no person. */
const STEERING =
  /^(?:page|pagesize|expansions|extensions|projection|sort|sortdescending|order|fields|count|dofor|\$dofor|teachercategories|students_to_include|verifypage)$/i;

/** A condition of a filter such as `name.last_name==Smith*`; the operators of FIQL and of table queries. */
const CONDITION = /([\w.]+)(==|!=|=(?:gt|ge|lt|le|in)=|[<>]=?|=)([^;,()]+)/g;

/**
 * An address with the hidden values of its query replaced: what somebody searched for is a name as often as not. For
 * eyes only: what is changed is not encoded.
 */
export function hideInUrl(url: string, root: PersonalField): string {
  const question = url.indexOf('?');
  if (question < 0) return url;
  const pairs = url.slice(question + 1).split('&');
  return `${url.slice(0, question)}?${pairs.map((pair) => hideInPair(pair, root)).join('&')}`;
}

function hideInPair(pair: string, root: PersonalField): string {
  const [name = '', ...rest] = pair.split('=');
  const raw = rest.join('=');
  if (raw === '' || STEERING.test(name)) return pair;
  const value = decoded(raw);
  if (name !== 'q' && name !== '$q') return root.child(name).hides(value) ? `${name}=${HIDDEN}` : pair;
  const shown = value.replace(CONDITION, (condition: string, path: string, operator: string, given: string) =>
    root.at(path).hides(given) ? `${path}${operator}${HIDDEN}` : condition,
  );
  return shown === value ? pair : `${name}=${shown}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
