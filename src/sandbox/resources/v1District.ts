import { keyOf, numberOf, textOf } from '../district/cell.ts';
import type { District } from '../district/district.ts';
import { DISTRICT_NAME } from '../district/rows/schools.ts';
import type { GEN_CATEGORIES } from '../district/rows/codes.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import type { Call } from '../server/call.ts';
import type { Route } from '../server/router.ts';
import type { Element, ElementValue } from '../wire/element.ts';
import { EXPANSIONS, expansionsAttribute, namesParameter } from './expansions.ts';

/** The district with its code lists, which are rows of Gen. */
export const V1_DISTRICT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/v1/district', access: 'v1Read', handler: answerDistrict },
];

function answerDistrict(call: Call): Answer {
  const { district, districtUuid } = call.sandbox;
  const asked = namesParameter(call, 'expansions');
  const parts: Record<string, ElementValue> = {};
  for (const name of EXPANSIONS.district) {
    if (asked.has(name)) parts[name] = PARTS[name](district);
  }
  return elementAnswer({
    name: 'district',
    content: {
      '@expansions': expansionsAttribute(EXPANSIONS.district),
      uuid: districtUuid,
      name: DISTRICT_NAME,
      district_number: 'F77',
      addresses: {
        physical: { street: '1 Mill Lane', city: 'Alderbrook', state_province: 'MT', postal_code: '59701' },
      },
      phones: { main: { number: '406-555-0100' }, fax: { number: '406-555-0190' } },
      ...parts,
    },
  });
}

const PARTS: Readonly<Record<(typeof EXPANSIONS.district)[number], (district: District) => Element>> = {
  entry_codes: (district) => ({ entry_code: codes(district, 'entrycodes') }),
  exit_codes: (district) => ({ exit_code: codes(district, 'exitcodes') }),
  districts_of_residence: (district) => ({
    district_of_residence: codes(district, 'districtsofresidence').map(withoutOrder),
  }),
  federal_race_categories: (district) => ({ federal_race_category: codes(district, 'federalrace') }),
  district_race_codes: (district) => ({
    district_race_code: codes(district, 'racecodes').map(({ id, code, description, sort_order }) => ({
      id,
      code,
      description,
      federal_race_category_code: code,
      federal_race_category_description: description,
      district_race_code_sort_order: sort_order,
    })),
  }),
  ethnicity_race_decline_to_specify: () => ({
    ethnicity_allow_to_decline: true,
    ethnicity_allow_to_decline_label: 'Declined to say',
    race_allow_to_decline: true,
    race_allow_to_decline_label: 'Declined to say',
  }),
  scheduling_reporting_ethnicities: (district) => ({
    scheduling_reporting_ethnicity: codes(district, 'ethnicity').map(withoutOrder),
  }),
  fees_payment_methods: (district) => ({
    fees_payment_method: codes(district, 'paymentmethods').map(({ code, description }) => ({ code, description })),
  }),
  test_setup: (district) => ({ tests: { test: tests(district) } }),
};

interface CodeElement {
  readonly [name: string]: ElementValue;
  readonly id: number;
  readonly code: string | undefined;
  readonly description: string | undefined;
  readonly sort_order: number | undefined;
}

function codes(district: District, category: keyof typeof GEN_CATEGORIES): readonly CodeElement[] {
  return district
    .all('SELECT dcid, name, valuet, sortorder FROM gen WHERE cat = ? ORDER BY sortorder, dcid', [category])
    .map((row) => ({
      id: keyOf(row, 'dcid'),
      code: textOf(row, 'name'),
      description: textOf(row, 'valuet'),
      sort_order: numberOf(row, 'sortorder'),
    }));
}

function withoutOrder({ id, code, description }: CodeElement): Element {
  return { id, code, description };
}

function tests(district: District): readonly Element[] {
  return district.all('SELECT id, name, description, test_type FROM test ORDER BY id').map((test) => ({
    test_id: keyOf(test, 'id'),
    test_name: textOf(test, 'name'),
    test_description: textOf(test, 'description'),
    test_type: numberOf(test, 'test_type'),
    test_scores: {
      test_score: district
        .all('SELECT id, name, description FROM testscore WHERE testid = ? ORDER BY sortorder', [keyOf(test, 'id')])
        .map((score) => ({
          test_id: keyOf(score, 'id'),
          test_name: textOf(score, 'name'),
          test_description: textOf(score, 'description'),
        })),
    },
  }));
}
