import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';

/** Endpoints that exist by some source but whose answer no source shows: 501 with the reason. */
export const UNDOCUMENTED_ROUTES: readonly Route[] = [
  ...missing('the answer is in integrators’ notes only and no source shows its shape', [
    ['GET', '/ws/powerqueryaccesslist'],
    ['POST', '/ws/v1/student/test'],
    ['GET', '/ws/v1/student/{student_id}/test'],
    ['GET', '/ws/v1/student/{id}/gpa'],
  ]),
  ...missing('no source shows the body that it takes', [
    ['PUT', '/ws/xte/score/assignment'],
    ['POST', '/ws/schema/table/{tablename}/massupdatebycriteria'],
  ]),
  ...missing('it belongs to the old gradebook; whether current servers have it, and its records, no source shows', [
    ['GET', '/powerschool-ptg-api/v2/assignment/{id}'],
    ['PUT', '/powerschool-ptg-api/v2/assignment/{id}'],
    ['DELETE', '/powerschool-ptg-api/v2/assignment/{id}'],
    ['GET', '/powerschool-ptg-api/v2/assignment/{id}/score'],
    ['PUT', '/powerschool-ptg-api/v2/assignment/{id}/score'],
    ['GET', '/powerschool-ptg-api/v2/assignment/{id}/student/{student_id}/score'],
    ['PUT', '/powerschool-ptg-api/v2/assignment/{id}/student/{student_id}/score'],
    ['POST', '/powerschool-ptg-api/v2/section/{id}/assignment'],
    ['GET', '/powerschool-ptg-api/v2/translate/{entity}/{source_product}/{source_col}/{target_product}/{target_col}'],
  ]),
];

function missing(reason: string, endpoints: readonly (readonly [method: string, path: string])[]): readonly Route[] {
  return endpoints.map(([method, path]) => ({
    method,
    path,
    access: 'token',
    handler: () => {
      throw new Refusal(501, `The sandbox does not answer ${method} ${path}: ${reason}`);
    },
  }));
}
