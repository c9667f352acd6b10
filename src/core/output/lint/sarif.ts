import { pathToFileURL } from 'node:url';
import { withoutArguments } from '../../problem/phrase.ts';
import type { ProblemCode, Severity } from '../../problem/problemCode.ts';
import type { LintMessage, LintReport } from './lintReport.ts';

export interface SarifOptions {
  readonly toolName: string;
  readonly toolVersion: string;
  /** Rows of the codes that occur, for the rule list. */
  readonly problems: ReadonlyMap<string, ProblemCode>;
  /** Path from the root of the checkout with `/`, or undefined for a file outside it. */
  readonly relativePath: (filePath: string) => string | undefined;
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, for code scanning. Every linted file is listed as an artifact. */
export function sarif(reports: readonly LintReport[], options: SarifOptions): string {
  const codes = [...new Set(reports.flatMap(({ messages }) => messages.map(({ code }) => code)))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: options.toolName,
            semanticVersion: options.toolVersion,
            rules: codes.map((code) => rule(code, options.problems.get(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: reports.map(({ filePath }) => ({ location: location(filePath, options) })),
        results: reports.flatMap(({ filePath, messages }, index) =>
          messages.map((message) =>
            result(message, codes.indexOf(message.code), { ...location(filePath, options), index }),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: string, row: ProblemCode | undefined): object {
  if (row === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: withoutArguments(row.message) },
    fullDescription: { text: row.why },
    help: { text: withoutArguments(row.mend) || row.why },
    defaultConfiguration: { level: LEVELS[row.severity] },
  };
}

function result(message: LintMessage, ruleIndex: number, artifactLocation: object): object {
  const { code, severity, message: text, line, column, endLine, endColumn, fix } = message;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: [
                    {
                      deletedRegion: { charOffset: fix.range.start, charLength: fix.range.end - fix.range.start },
                      insertedContent: { text: fix.text },
                    },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

function location(filePath: string, options: SarifOptions): { uri: string; uriBaseId?: string } {
  const relative = options.relativePath(filePath);
  if (relative === undefined) return { uri: pathToFileURL(filePath).href };
  return { uri: relative.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
