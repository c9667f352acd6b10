import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync, strToU8 } from 'fflate';

export interface ManifestParts {
  readonly name?: string;
  /** The whole `oauth` element; `<oauth/>` when left out. */
  readonly oauth?: string;
  /** `TABLE.FIELD`, followed by `=FullAccess` for a write grant. */
  readonly fields?: readonly string[];
}

/** A manifest as the server wants it. */
export function manifest({ name = 'Roster', oauth = '<oauth/>', fields = [] }: ManifestParts = {}): string {
  const lines = fields.map((text) => {
    const [column = '', access = 'ViewOnly'] = text.split('=');
    const [table, field] = column.split('.');
    return `<field table="${table}" field="${field}" access="${access}"/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<plugin xmlns="http://plugin.powerschool.pearson.com" name="${name}" version="1.0" description="">
  ${oauth}
  <access_request>${lines.join('')}</access_request>
  <publisher name="Fernhill"><contact email="help@fernhill.example"/></publisher>
</plugin>
`;
}

/** A PowerQuery file with one query. */
export const STUDENT_LIST = `<queries>
  <query name="org.fernhill.roster.students.list" coreTable="students" flattened="false">
    <description>Students of a grade</description>
    <args><arg name="grade" column="STUDENTS.GRADE_LEVEL" required="false"/></args>
    <columns>
      <column column="STUDENTS.DCID">students.dcid</column>
      <column column="STUDENTS.LASTFIRST">students.lastfirst</column>
    </columns>
    <sql><![CDATA[SELECT dcid, lastfirst FROM students WHERE grade_level = nvl(:grade, grade_level) ORDER BY dcid]]></sql>
  </query>
</queries>
`;

/** A folder that the test removes at its end. */
export class PluginFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<PluginFolder> {
    return new PluginFolder(await mkdtemp(join(tmpdir(), 'sandbox-plugins-')));
  }

  /** Writes a file and returns its path. */
  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  zip(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const entries = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
    return this.file(name, zipSync(entries));
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}
