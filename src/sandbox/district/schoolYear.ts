/**
 * The school year in which the district lives. Year ids and term ids follow PowerSchool: a year's id is its first
 * calendar year minus 1990, a term's id is the year's id times 100 plus n, where n = 0 is the full year.
 */
export interface SchoolYear {
  /** The district's date, `YYYY-MM-DD`. */
  readonly today: string;
  /** First calendar year of the current school year. */
  readonly startYear: number;
  readonly yearId: number;
  readonly firstDay: string;
  /** First day of the second semester. */
  readonly middle: string;
  readonly lastDay: string;
  /** `exitdate` of a running enrollment: the day after the last one. */
  readonly exitDate: string;
}

/** A school year runs from the end of August to the middle of June; from July on the next one counts. */
export function schoolYearOf(today: string): SchoolYear {
  const year = Number(today.slice(0, 4));
  const startYear = Number(today.slice(5, 7)) >= 7 ? year : year - 1;
  return schoolYearStarting(startYear, today);
}

/** The school year that begins in `startYear`. */
export function schoolYearStarting(startYear: number, today: string = `${startYear}-11-20`): SchoolYear {
  return {
    today,
    startYear,
    yearId: startYear - 1990,
    firstDay: `${startYear}-08-24`,
    middle: `${startYear + 1}-01-25`,
    lastDay: `${startYear + 1}-06-17`,
    exitDate: `${startYear + 1}-06-18`,
  };
}

/** `YYYY-MM-DD` of a moment in the local time zone. */
export function localDate(moment: Date): string {
  return `${moment.getFullYear()}-${twoDigits(moment.getMonth() + 1)}-${twoDigits(moment.getDate())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
