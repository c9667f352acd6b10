/**
 * The answers of the API as these tests read them. Every member is written as if it were there: a test that reads one
 * that is missing compares with undefined and fails.
 */
export interface Body {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: string;
  readonly error: string;
  readonly message: string;
  readonly errors: readonly FieldFault[];
  readonly errorMessage: { readonly message: string };
  readonly count: number;
  readonly resource: { readonly count: number; readonly time: string; readonly timestamp: number };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly student: Student;
  readonly students: Attributes & { readonly student: readonly Student[] };
  readonly school: School;
  readonly schools: Attributes & { readonly school: readonly School[] };
  readonly staff: Staff;
  readonly staffs: Attributes & { readonly staff: readonly Staff[] };
  readonly course: Course;
  readonly courses: Attributes & { readonly course: readonly Course[] };
  readonly section: Section;
  readonly sections: Attributes & { readonly section: readonly Section[] };
  readonly terms: { readonly term: readonly Term[] };
  readonly section_enrollment: SectionEnrollment;
  readonly section_enrollments: { readonly section_enrollment: readonly SectionEnrollment[] };
  readonly results: StudentResults;
  readonly event_subscriptions: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly id: number;
  readonly record: readonly TableRecord[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly result: readonly WriteResult[];
  readonly insert_count: number;
  readonly update_count: number;
}

export interface Attributes {
  readonly '@expansions': string;
  readonly '@extensions': string;
}

export interface FieldFault {
  readonly code: string;
  readonly field: string;
  readonly resource: string;
}

export interface Student extends Attributes {
  readonly id: number;
  readonly local_id: number;
  readonly state_province_id: string | number;
  readonly student_username: string | number;
  readonly name: { readonly first_name: string; readonly middle_name: string; readonly last_name: string };
  readonly phones: unknown;
  readonly addresses: { readonly physical: { readonly postal_code: unknown } };
  readonly alerts: { readonly medical: { readonly description: string } };
  readonly lunch: Readonly<Record<string, unknown>>;
  readonly fees: { readonly fee: unknown };
  readonly contact_info: { readonly email: string };
  readonly ethnicity_race: { readonly races: unknown };
  readonly school_enrollment: {
    readonly enroll_status: string;
    readonly enroll_status_code: number;
    readonly enroll_status_description: string;
    readonly grade_level: number;
    readonly entry_date: string;
    readonly school_number: number;
    readonly school_id: number;
  };
  readonly _extension_data: { readonly _table_extension: TableExtension | readonly TableExtension[] };
}

export interface TableExtension {
  readonly recordFound: boolean;
  readonly name: string;
  readonly _field: ExtensionField | readonly ExtensionField[];
}

export interface ExtensionField {
  readonly name: string;
  readonly type: string;
  readonly value: string | number;
}

export interface School extends Attributes {
  readonly id: number;
  readonly name: string;
  readonly school_number: number;
}

export interface Staff extends Attributes {
  readonly id: number;
  readonly users_dcid: number;
  readonly school_affiliations: { readonly school_affiliation: unknown };
}

export interface Course extends Attributes {
  readonly id: number;
  readonly course_number: string;
}

export interface Section extends Attributes {
  readonly id: number;
  readonly section_number: number;
  readonly course_id: number;
  readonly term_id: number;
  readonly term: Term;
}

export interface Term {
  readonly id: number;
  readonly start_year: number;
  readonly portion: number;
  readonly start_date: string;
}

export interface SectionEnrollment {
  readonly id: number;
  readonly section_id: number;
  readonly student_id: number;
  readonly entry_date: string;
  readonly dropped: boolean;
}

export interface TableRecord {
  readonly id: number;
  readonly name: string;
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface WriteResult {
  readonly status: string;
  readonly action: string;
  readonly success_message: { readonly id: number; readonly ref: string };
}

export interface StudentResults {
  readonly insert_count: number;
  readonly update_count: number;
  readonly result: StudentResult | readonly StudentResult[];
}

export interface StudentResult extends WriteResult {
  readonly client_uid: unknown;
  readonly error_message: { readonly error: StudentFault | readonly StudentFault[] };
}

export interface StudentFault {
  readonly field: string;
  readonly error_code: string;
  readonly error_description: string;
}

/** A list, or the one thing that stands for a list of one; nothing is an empty list. */
export function listOf<Item>(value: Item | readonly Item[] | undefined | ''): readonly Item[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}

/** The items of a list whatever it is called: `{students: {student: […]}}`. */
export function itemsOf(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  const [wrapper] = Object.values(body as Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  const key = Object.keys(wrapper ?? {}).find((name) => !name.startsWith('@'));
  return listOf(wrapper?.[key ?? ''] as readonly Readonly<Record<string, unknown>>[] | undefined);
}
