/** What a JSON Schema says about one value. */
export interface ValueRules {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly (string | number)[];
}

/** A keyword that a value does not meet. */
export type ValueKeyword = 'maxLength' | 'minLength' | 'pattern' | 'enum';

/** Tells the first keyword that a text does not meet; undefined when it meets all. */
export type ValueCheck = (value: string) => ValueKeyword | undefined;

export function valueCheck(rules: ValueRules): ValueCheck {
  const { minLength = 0, maxLength = Infinity, enum: choice } = rules;
  const pattern = rules.pattern === undefined ? undefined : new RegExp(rules.pattern, 'u');
  return (value) => {
    // a text has at most as many characters as UTF-16 units, and at least half as many
    if (value.length > maxLength && characters(value) > maxLength) return 'maxLength';
    if (value.length < minLength * 2 && characters(value) < minLength) return 'minLength';
    if (pattern?.test(value) === false) return 'pattern';
    return choice?.includes(value) === false ? 'enum' : undefined;
  };
}

/** XML Schema and JSON Schema count characters, not UTF-16 units. */
export function characters(value: string): number {
  return value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length;
}
