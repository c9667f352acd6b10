import type { Call } from '../server/call.ts';

/** Optional parts of each v1 resource, in the order in which `@expansions` lists them. */
export const EXPANSIONS = {
  district: [
    'entry_codes',
    'test_setup',
    'exit_codes',
    'districts_of_residence',
    'federal_race_categories',
    'district_race_codes',
    'ethnicity_race_decline_to_specify',
    'scheduling_reporting_ethnicities',
    'fees_payment_methods',
  ],
  school: ['school_boundary', 'full_time_equivalencies', 'school_fees_setup'],
  student: [
    'demographics',
    'addresses',
    'alerts',
    'phones',
    'school_enrollment',
    'ethnicity_race',
    'contact',
    'contact_info',
    'initial_enrollment',
    'schedule_setup',
    'fees',
    'lunch',
    'counselors',
    'global_id',
  ],
  staff: [
    'addresses',
    'emails',
    'phones',
    'school_affiliations',
    'school_counselors',
    'teacher_global_id',
    'staff_global_id',
  ],
  section: ['term'],
} as const;

/** The value of `@expansions`: joined by comma and space. */
export function expansionsAttribute(names: readonly string[]): string {
  return names.join(', ');
}

/** Names asked for in `expansions` or `extensions`: lower case, unknown names stay in and are ignored later. */
export function namesParameter(call: Call, parameter: 'expansions' | 'extensions'): ReadonlySet<string> {
  const text = call.query.get(parameter) ?? '';
  return new Set(
    text
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
  );
}
