import type { DatabaseSync } from 'node:sqlite';
import type { SchoolYear } from '../schoolYear.ts';
import { codeSetId } from './codes.ts';
import { FULL_STUDENTS, STUDENT_PERSON_OFFSET } from './studentColumns.ts';

/**
 * The people around the students: every student but the fifth has one contact or two; every seventh shares those of the
 * student before (a brother or sister). Person 1 is the first contact of student 1; the students' own Person rows
 * come after all contacts, at 100,001 and up.
 */
export function writeContacts(database: DatabaseSync, year: SchoolYear): void {
  const audit = `'sandbox', '${year.firstDay} 06:00:00'`;
  const home = codeSetId('Phone', 'Home');
  database.exec(`
    CREATE TEMP TABLE contact(person INTEGER PRIMARY KEY, student INTEGER, slot INTEGER, first TEXT, last TEXT, street TEXT);
    INSERT INTO temp.contact (student, slot, first, last, street)
      SELECT s.dcid, k.slot, CASE k.slot WHEN 1 THEN substr(ifnull(s.mother, s.last_name || ', Robin'), length(s.last_name) + 3)
          ELSE substr(ifnull(s.father, s.last_name || ', Jamie'), length(s.last_name) + 3) END, s.last_name, s.street
      FROM students s JOIN (SELECT 1 AS slot UNION ALL SELECT 2) k ON k.slot = 1 OR s.dcid % 7 = 0 OR (s.dcid * 37) % 10 < 6
      WHERE s.dcid <= ${FULL_STUDENTS} AND s.dcid <> 5 AND (s.dcid % 7 <> 1 OR s.dcid = 1)
      ORDER BY s.dcid, k.slot;

    INSERT INTO person (dcid, id, firstname, lastname, gendercodesetid, employer, isactive, excludefromstatereporting, statecontactnumber, whocreated, whencreated)
      SELECT person, person, first, last, ${codeSetId('Gender', 'F')} + slot - 1, CASE person % 4 WHEN 0 THEN 'Alderbrook Mill' ELSE NULL END, 1, 0, person + 5000, ${audit}
      FROM temp.contact;
    INSERT INTO person (dcid, id, firstname, middlename, lastname, isactive, excludefromstatereporting, whocreated, whencreated)
      SELECT person_id, person_id, first_name, middle_name, last_name, 1, 0, ${audit} FROM students WHERE dcid <= ${FULL_STUDENTS} AND person_id IS NOT NULL;

    INSERT INTO studentcontactassoc (studentcontactassocid, studentdcid, personid, contactpriorityorder, currreltypecodesetid, whocreated, whencreated)
      SELECT row_number() OVER (ORDER BY student, slot), student, person, slot, relation, ${audit} FROM (
        SELECT student, person, slot, ${codeSetId('Relationship', 'Mother')} + slot - 1 AS relation FROM temp.contact
        UNION ALL
        SELECT s.dcid, c.person, c.slot, ${codeSetId('Relationship', 'Mother')} + c.slot - 1 FROM students s
          JOIN temp.contact c ON c.student = s.dcid - 1 WHERE s.dcid % 7 = 1 AND s.dcid > 1 AND s.dcid <= ${FULL_STUDENTS});
    INSERT INTO studentcontactdetail (studentcontactdetailid, studentcontactassocid, relationshiptypecodesetid, isactive,
      isemergency, iscustodial, liveswithflg, schoolpickupflg, receivesmailflg, excludefromstatereportingflg,
      generalcommflag, confidentialcommflag, startdate, whocreated, whencreated)
      SELECT studentcontactassocid, studentcontactassocid, currreltypecodesetid, 1, contactpriorityorder = 1, 1,
        contactpriorityorder = 1, 1, 1, 0, 1, 0, '${year.startYear - 1}-08-25', ${audit} FROM studentcontactassoc;
    INSERT INTO originalcontactmap (originalcontactmapid, studentcontactassocid, originalcontacttype, whocreated, whencreated)
      SELECT studentcontactassocid, studentcontactassocid, CASE contactpriorityorder WHEN 1 THEN 'mother' ELSE 'father' END, ${audit}
      FROM studentcontactassoc;

    INSERT INTO phonenumber (phonenumberid, phonenumber, issms, whocreated, whencreated)
      SELECT person, '40655501' || printf('%02d', person % 100), person % 2, ${audit} FROM temp.contact WHERE person = 1 OR person % 5 > 0;
    INSERT INTO personphonenumberassoc (personphonenumberassocid, personid, phonenumberid, phonetypecodesetid,
      phonenumberpriorityorder, ispreferred, phonenumberasentered, whocreated, whencreated)
      SELECT phonenumberid, phonenumberid, phonenumberid, ${home} + phonenumberid % 3, 1, 1,
        '406-555-01' || printf('%02d', phonenumberid % 100), ${audit} FROM phonenumber;

    INSERT INTO emailaddress (emailaddressid, emailaddress, whocreated, whencreated)
      SELECT person, 'contact' || person || '@mail.example', ${audit} FROM temp.contact WHERE person = 1 OR person % 6 > 0;
    INSERT INTO personemailaddressassoc (personemailaddressassocid, personid, emailaddressid, emailtypecodesetid,
      isprimaryemailaddress, emailaddresspriorityorder, whocreated, whencreated)
      SELECT emailaddressid, emailaddressid, emailaddressid, ${codeSetId('Email', 'Home')}, 1, 1, ${audit} FROM emailaddress;
    INSERT INTO emailaddress (emailaddressid, emailaddress, whocreated, whencreated)
      SELECT person_id, 's' || student_number || '@students.alderbrook.example', ${audit} FROM students
      WHERE dcid <= ${FULL_STUDENTS} AND person_id IS NOT NULL AND dcid % 4 > 0;
    INSERT INTO personemailaddressassoc (personemailaddressassocid, personid, emailaddressid, emailtypecodesetid,
      isprimaryemailaddress, emailaddresspriorityorder, whocreated, whencreated)
      SELECT emailaddressid, emailaddressid, emailaddressid, ${codeSetId('Email', 'Home')}, 1, 1, ${audit} FROM emailaddress
      WHERE emailaddressid > ${STUDENT_PERSON_OFFSET};

    INSERT INTO personaddress (personaddressid, street, city, postalcode, statescodesetid, countrycodesetid, isverified, whocreated, whencreated)
      SELECT person, street, 'Alderbrook', '597' || printf('%02d', person % 20), ${codeSetId('State', 'MT')}, ${codeSetId('Country', 'US')}, 0, ${audit}
      FROM temp.contact WHERE street IS NOT NULL AND (person = 1 OR person % 3 > 0);
    INSERT INTO personaddressassoc (personaddressassocid, personid, personaddressid, addresstypecodesetid, addresspriorityorder, startdate, whocreated, whencreated)
      SELECT personaddressid, personaddressid, personaddressid, ${codeSetId('Address', 'Home')}, 1, '${year.startYear - 2}-07-01', ${audit} FROM personaddress;

    INSERT INTO guardian (guardianid, firstname, lastname) SELECT person, first, last FROM temp.contact WHERE person % 10 = 1 OR person < 6;
    INSERT INTO guardianstudent (guardianstudentid, guardianid, studentsdcid)
      SELECT a.studentcontactassocid, a.personid, a.studentdcid FROM studentcontactassoc a JOIN guardian g ON g.guardianid = a.personid;
    INSERT INTO relationship (dcid, id, person_id, relatedperson_id)
      SELECT studentcontactassocid, studentcontactassocid, personid, ${STUDENT_PERSON_OFFSET} + studentdcid FROM studentcontactassoc WHERE studentcontactassocid <= 500;

    CREATE INDEX studentcontactassoc_student ON studentcontactassoc(studentdcid);
    CREATE INDEX studentcontactassoc_person ON studentcontactassoc(personid);
    CREATE INDEX studentcontactdetail_assoc ON studentcontactdetail(studentcontactassocid);
    CREATE INDEX personphonenumberassoc_person ON personphonenumberassoc(personid);
    CREATE INDEX personemailaddressassoc_person ON personemailaddressassoc(personid);
    CREATE INDEX personaddressassoc_person ON personaddressassoc(personid);
    CREATE INDEX originalcontactmap_assoc ON originalcontactmap(studentcontactassocid);
    CREATE INDEX guardianstudent_student ON guardianstudent(studentsdcid);
    DROP TABLE temp.contact;
  `);
}
