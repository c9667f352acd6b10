import { answerAccessToken } from '../auth/accessToken.ts';
import { CONTACT_ROUTES } from '../contacts/contactRoutes.ts';
import { ASSIGNMENT_ROUTES } from '../gradebook/assignments.ts';
import { SCORE_ROUTES } from '../gradebook/scores.ts';
import { TEACHER_CATEGORY_ROUTES } from '../gradebook/teacherCategories.ts';
import { powerQueryRoutes } from '../powerquery/powerQueryRoutes.ts';
import { ATTENDANCE_ROUTES } from '../resources/attendanceWrites.ts';
import { CORE_TABLE_WRITE_ROUTES } from '../resources/coreTableWrites.ts';
import { DATA_ROUTES } from '../resources/dataRoutes.ts';
import { EVENT_ROUTES } from '../resources/events.ts';
import { FEE_ROUTES } from '../resources/fees.ts';
import { STUDENT_WRITE_ROUTES } from '../resources/studentWrites.ts';
import { TABLE_CATALOG_ROUTES } from '../resources/tableCatalog.ts';
import { TABLE_READ_ROUTES } from '../resources/tables.ts';
import { TABLE_WRITE_ROUTES } from '../resources/tableWrites.ts';
import { UNDOCUMENTED_ROUTES } from '../resources/undocumented.ts';
import { V1_DISTRICT_ROUTES } from '../resources/v1District.ts';
import { V1_SCHEDULE_ROUTES } from '../resources/v1Schedule.ts';
import { V1_SCHOOL_ROUTES } from '../resources/v1Schools.ts';
import { V1_STAFF_ROUTES } from '../resources/v1Staff.ts';
import { V1_STUDENT_ROUTES } from '../resources/v1Students.ts';
import { V1_SYSTEM_ROUTES } from '../resources/v1System.ts';
import type { Route } from './router.ts';

/** Every endpoint of the sandbox. */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/oauth/access_token', access: 'anonymous', handler: answerAccessToken },
  ...V1_SYSTEM_ROUTES,
  ...V1_DISTRICT_ROUTES,
  ...V1_SCHOOL_ROUTES,
  ...V1_STUDENT_ROUTES,
  ...STUDENT_WRITE_ROUTES,
  ...V1_STAFF_ROUTES,
  ...V1_SCHEDULE_ROUTES,
  ...EVENT_ROUTES,
  ...FEE_ROUTES,
  ...ATTENDANCE_ROUTES,
  ...CONTACT_ROUTES,
  ...ASSIGNMENT_ROUTES,
  ...SCORE_ROUTES,
  ...TEACHER_CATEGORY_ROUTES,
  ...DATA_ROUTES,
  ...TABLE_CATALOG_ROUTES,
  ...TABLE_READ_ROUTES,
  ...TABLE_WRITE_ROUTES,
  ...CORE_TABLE_WRITE_ROUTES,
  ...powerQueryRoutes((call) => call.sandbox.powerQueries),
  ...UNDOCUMENTED_ROUTES,
];
