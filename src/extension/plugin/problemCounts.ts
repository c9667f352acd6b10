import { DiagnosticSeverity, l10n, languages, type Uri } from 'vscode';

/** Our own findings in files, as the Problems view has them. */
export function problemsIn(isMeant: (uri: Uri) => boolean): { errors: number; warnings: number } {
  let errors = 0;
  let warnings = 0;
  const source = l10n.t('PowerSchool');
  for (const [uri, found] of languages.getDiagnostics()) {
    if (!isMeant(uri)) continue;
    for (const diagnostic of found) {
      if (diagnostic.source !== source) continue;
      if (diagnostic.severity === DiagnosticSeverity.Error) errors++;
      if (diagnostic.severity === DiagnosticSeverity.Warning) warnings++;
    }
  }
  return { errors, warnings };
}
