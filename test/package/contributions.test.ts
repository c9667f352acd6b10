import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS, LANGUAGES, SETTINGS, SETTINGS_SECTION, VIEWS } from '../../src/extension/contributions.ts';

interface Manifest {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  contributes: {
    commands: { command: string; title: string; category: string }[];
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string }[];
    languages: { id: string }[];
    configuration: { properties: Record<string, { scope: string; default: unknown }> };
  };
}

const manifestText = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const strings = JSON.parse(readFileSync(new URL('../../package.nls.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const { contributes } = manifest;

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}

test('the commands of package.json are those of the code, both ways', () => {
  assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(COMMANDS)));
});

test('every command has the category PowerSchool', () => {
  for (const { command, category } of contributes.commands) assert.equal(category, 'PowerSchool', command);
});

test('the views of package.json are those of the code, both ways', () => {
  const views = Object.values(contributes.views).flat();
  assert.deepEqual(sorted(views.map(({ id }) => id)), sorted(Object.values(VIEWS)));
});

test('the settings of package.json are those of the code, both ways', () => {
  const names = Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`);
  assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(names));
});

test('the languages of package.json are those of the code, both ways', () => {
  assert.deepEqual(sorted(contributes.languages.map(({ id }) => id)), sorted(Object.values(LANGUAGES)));
});

test('menus and keys name contributed commands only', () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
  assert.deepEqual(
    used.filter((command) => !known.has(command)),
    [],
  );
});

test('welcome views link to contributed commands only', () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  for (const { contents } of contributes.viewsWelcome) {
    const text = strings[contents.slice(1, -1)] ?? '';
    const linked = [...text.matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1] ?? '');
    assert.ok(linked.length > 0, contents);
    for (const command of linked) assert.ok(known.has(command), command);
  }
});

test('every string of package.json exists, and none is unused', () => {
  const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''));
  assert.deepEqual(sorted(used), sorted(Object.keys(strings)));
});

test('settings that a cloned workspace must not set are out of its reach', () => {
  const { properties } = contributes.configuration;
  assert.equal(properties['powerschool.confirmWrites']?.scope, 'machine');
});

test('the editor types are those of the oldest supported editor', () => {
  const minimum = /^\^(\d+\.\d+)\.\d+$/.exec(manifest.engines.vscode)?.[1];
  assert.ok(minimum);
  assert.match(manifest.devDependencies['@types/vscode'] ?? '', new RegExp(`^~?${minimum}\\.`));
});
