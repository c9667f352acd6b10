/** Elements of a student that a write may carry, by their path, and the columns they fill. */
export const STUDENT_WRITE_FIELDS: Readonly<Record<string, string>> = {
  local_id: 'student_number',
  state_province_id: 'state_studentnumber',
  student_username: 'student_web_id',
  'name/first_name': 'first_name',
  'name/middle_name': 'middle_name',
  'name/last_name': 'last_name',
  'demographics/gender': 'gender',
  'demographics/birth_date': 'dob',
  'demographics/projected_graduation_year': 'sched_yearofgraduation',
  'demographics/district_entry_date': 'districtentrydate',
  'demographics/ssn': 'ssn',
  ...block('addresses/physical', '', 'geocode'),
  ...block('addresses/mailing', 'mailing_', 'mailing_geocode'),
  'phones/main/number': 'home_phone',
  ...alert('legal', 'alert_guardian'),
  ...alert('discipline', 'alert_discipline'),
  ...alert('medical', 'alert_medical'),
  ...alert('other', 'alert_other'),
  'school_enrollment/enroll_status_code': 'enroll_status',
  'school_enrollment/grade_level': 'grade_level',
  'school_enrollment/entry_date': 'entrydate',
  'school_enrollment/exit_date': 'exitdate',
  'school_enrollment/school_number': 'schoolid',
  'school_enrollment/entry_code': 'entrycode',
  'school_enrollment/entry_comment': 'transfercomment',
  'school_enrollment/exit_code': 'exitcode',
  'school_enrollment/exit_comment': 'exitcomment',
  'school_enrollment/district_of_residence': 'districtofresidence',
  'school_enrollment/track': 'track',
  'school_enrollment/full_time_equivalency/fteid': 'fteid',
  'ethnicity_race/scheduling_reporting_ethnicity': 'ethnicity',
  'contact/emergency_contact_name1': 'emerg_contact_1',
  'contact/emergency_phone1': 'emerg_phone_1',
  'contact/emergency_contact_name2': 'emerg_contact_2',
  'contact/emergency_phone2': 'emerg_phone_2',
  'contact/guardian_fax': 'guardianfax',
  'contact/guardian_email': 'guardianemail',
  'contact/mother': 'mother',
  'contact/father': 'father',
  'contact/doctor_name': 'doctor_name',
  'contact/doctor_phone': 'doctor_phone',
  'initial_enrollment/district_entry_date': 'districtentrydate',
  'initial_enrollment/district_entry_grade_level': 'districtentrygradelevel',
  'initial_enrollment/school_entry_date': 'schoolentrydate',
  'initial_enrollment/school_entry_grade_level': 'schoolentrygradelevel',
  'schedule_setup/home_room': 'home_room',
  'schedule_setup/next_school': 'next_school',
  'schedule_setup/sched_next_year_grade': 'sched_nextyeargrade',
  'lunch/balance_1': 'balance1',
  'lunch/balance_2': 'balance2',
  'lunch/balance_3': 'balance3',
  'lunch/balance_4': 'balance4',
  'lunch/last_meal': 'lastmeal',
  'lunch/lunch_id': 'lunch_id',
};

/** What an insert must have. */
export const REQUIRED_FOR_INSERT: readonly string[] = [
  'name/last_name',
  'name/first_name',
  'school_enrollment/grade_level',
  'school_enrollment/entry_date',
  'school_enrollment/exit_date',
  'school_enrollment/school_number',
];

/** Elements that go together: one without the others is an error. */
export const COMPLETE_BLOCKS: readonly (readonly string[])[] = [
  ...['addresses/physical', 'addresses/mailing'].map((path) =>
    ['street', 'city', 'state_province', 'postal_code'].map((name) => `${path}/${name}`),
  ),
  ['contact/emergency_contact_name1', 'contact/emergency_phone1'],
  ['contact/emergency_contact_name2', 'contact/emergency_phone2'],
  ['contact/doctor_name', 'contact/doctor_phone'],
];

function block(path: string, prefix: string, geocode: string): Record<string, string> {
  return {
    [`${path}/street`]: `${prefix}street`,
    [`${path}/city`]: `${prefix}city`,
    [`${path}/state_province`]: `${prefix}state`,
    [`${path}/postal_code`]: `${prefix}zip`,
    [`${path}/grid_location`]: geocode,
  };
}

function alert(name: string, column: string): Record<string, string> {
  return { [`alerts/${name}/description`]: column, [`alerts/${name}/expires_date`]: `${column}expires` };
}
