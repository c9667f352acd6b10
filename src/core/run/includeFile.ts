import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import type { IncludeLine } from '../request/requestFile.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import type { VariableResolver } from '../request/variableResolver.ts';
import type { FilePort } from './ports.ts';

export interface IncludeScope {
  /** The request file: paths count from its folder. */
  readonly path: string;
  /** Folders that included files may come from. */
  readonly roots: readonly string[];
  readonly files: FilePort;
}

/** The bytes that `< ./file` or `<@ ./file` puts into a body. PS565: outside the roots. PS566: cannot be read. */
export async function includeFile(
  line: IncludeLine,
  resolver: VariableResolver,
  scope: IncludeScope,
): Promise<Uint8Array | ExplainedError> {
  const path = await resolver.resolve(line.path.text, line.path.range.start);
  if ('problem' in path) return path.problem;
  const bytes = await readInside(path.text, scope);
  if (bytes instanceof ExplainedError || !line.substitute) return bytes;
  const encoding = line.encoding?.text;
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) {
    // One character for each byte and back: whatever is no variable stays as it is, also bytes that are no UTF-8.
    const resolved = await resolver.resolveAt(latin1(bytes), line.range.start, (value) => latin1(Buffer.from(value)));
    return 'problem' in resolved ? resolved.problem : Buffer.from(resolved.text, 'latin1');
  }
  const resolved = await resolver.resolveAt(new TextDecoder(encoding).decode(bytes), line.range.start);
  return 'problem' in resolved ? resolved.problem : Buffer.from(resolved.text);
}

async function readInside(written: string, { path, roots, files }: IncludeScope): Promise<Uint8Array | ExplainedError> {
  const full = resolve(dirname(path), written);
  const outside = (): ExplainedError => explain(REQUEST_PROBLEMS, 'PS565', [written]);
  if (!roots.some((root) => isInside(root, full))) {
    // A root may itself be reached through a link: compare again after resolving.
    const real = await files.realPath(full).catch(() => undefined);
    if (real === undefined || !(await isInsideReal(roots, real, files))) return outside();
  }
  try {
    const real = await files.realPath(full);
    if (!(await isInsideReal(roots, real, files))) return outside();
    return await files.read(real);
  } catch (cause) {
    return explain(REQUEST_PROBLEMS, 'PS566', [written], { cause });
  }
}

async function isInsideReal(roots: readonly string[], real: string, files: FilePort): Promise<boolean> {
  for (const root of roots) {
    const realRoot = await files.realPath(root).catch(() => undefined);
    if (realRoot !== undefined && isInside(realRoot, real)) return true;
  }
  return false;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !/^\.\.(?:[/\\]|$)/.test(way) && !isAbsolute(way);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
