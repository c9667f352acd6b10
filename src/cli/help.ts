import { COMMANDS } from './commands.ts';
import type { CommandSpec, OptionSpec } from './commandSpec.ts';

/** What `powerschool-explorer --help` says. */
export function generalHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const commands = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('');
  return `Usage: powerschool-explorer COMMAND [OPTIONS]

Commands:
${commands}
powerschool-explorer COMMAND --help says more.

Server and credentials:
  POWERSCHOOL_URL, POWERSCHOOL_CLIENT_ID, POWERSCHOOL_CLIENT_SECRET, POWERSCHOOL_CA_FILE
  "# @server NAME" in a request file uses POWERSCHOOL_NAME_URL, POWERSCHOOL_NAME_CLIENT_ID, POWERSCHOOL_NAME_CLIENT_SECRET
  A secret is never an argument.

Exit codes:
  0  all good
  1  findings, a failed expectation, or an HTTP error nobody expected
  2  wrong usage, unreadable input, nothing to do
  3  no connection, TLS or sign-in failure
  130  cancelled
`;
}

export function commandHelp({ usage, summary, details, options, examples }: CommandSpec): string {
  const rows = options.map((option): [string, string] => [optionName(option), option.help]);
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const list = rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}\n`).join('');
  const sections = [
    `Usage: powerschool-explorer ${usage}\n`,
    `${summary}.\n${details.map((sentence) => `${sentence}\n`).join('')}`,
    rows.length === 0 ? '' : `Options:\n${list}`,
    examples.length === 0 ? '' : `Examples:\n${examples.map((line) => `  powerschool-explorer ${line}\n`).join('')}`,
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function optionName({ name, short, value, repeatable }: OptionSpec): string {
  const letter = short === undefined ? '    ' : `-${short}, `;
  return `${letter}--${name}${value === undefined ? '' : ` ${value}`}${repeatable === true ? ' …' : ''}`;
}
