import type { ManifestRule } from './manifestRule.ts';
import { absentField } from './absentField.ts';
import { cdnForWholeServer } from './cdnForWholeServer.ts';
import { cdnForm } from './cdnForm.ts';
import { cdnLength } from './cdnLength.ts';
import { cdnRepeated } from './cdnRepeated.ts';
import { contextRepeated } from './contextRepeated.ts';
import { emailForm } from './emailForm.ts';
import { fieldBlanks } from './fieldBlanks.ts';
import { fieldRepeated } from './fieldRepeated.ts';
import { fieldTwoAccesses } from './fieldTwoAccesses.ts';
import { fullAccess } from './fullAccess.ts';
import { fullV1Access } from './fullV1Access.ts';
import { linkScheme } from './linkScheme.ts';
import { misspeltName } from './misspeltName.ts';
import { nameChanged } from './nameChanged.ts';
import { noDescription } from './noDescription.ts';
import { noOauth } from './noOauth.ts';
import { openidHost } from './openidHost.ts';
import { placeholderLeft } from './placeholderLeft.ts';
import { registrationUrl } from './registrationUrl.ts';
import { samlIncomplete } from './samlIncomplete.ts';
import { samlLengths } from './samlLengths.ts';
import { samlMixed } from './samlMixed.ts';
import { samlNameUnique } from './samlNameUnique.ts';
import { schemaLocation } from './schemaLocation.ts';
import { sensitiveField } from './sensitiveField.ts';
import { trapField } from './trapField.ts';
import { unknownName } from './unknownName.ts';
import { versionForm } from './versionForm.ts';
import { versionMissing } from './versionMissing.ts';
import { versionNotRaised } from './versionNotRaised.ts';
import { viewFullAccess } from './viewFullAccess.ts';
import { wildcardField } from './wildcardField.ts';

/** In the order of their codes. */
export const MANIFEST_RULES: readonly ManifestRule[] = [
  registrationUrl,
  openidHost,
  samlIncomplete,
  samlMixed,
  samlLengths,
  versionForm,
  versionMissing,
  versionNotRaised,
  nameChanged,
  emailForm,
  placeholderLeft,
  fieldRepeated,
  fieldTwoAccesses,
  fullAccess,
  sensitiveField,
  misspeltName,
  unknownName,
  trapField,
  wildcardField,
  fieldBlanks,
  cdnForm,
  cdnLength,
  cdnForWholeServer,
  cdnRepeated,
  contextRepeated,
  fullV1Access,
  linkScheme,
  noOauth,
  viewFullAccess,
  noDescription,
  samlNameUnique,
  schemaLocation,
  absentField,
];
