import type { Handler } from './call.ts';

/** What a caller needs: nothing, a token, or a token of a plugin with this much of `/ws/v1`. */
export type RequiredAccess = 'anonymous' | 'token' | 'v1Read' | 'v1Full';

/** One row of the routing table. */
export interface Route {
  readonly method: string;
  /** As the catalogue writes it: `/ws/v1/student/{id}`. */
  readonly path: string;
  readonly access: RequiredAccess;
  readonly handler: Handler;
}

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly literals: number;
}

/** Finds the route of a request: a literal part of a path wins over a `{…}` part. */
export class Router {
  readonly #byLength = new Map<number, CompiledRoute[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = split(route.path);
      const literals = segments.filter((segment) => !segment.startsWith('{')).length;
      const same = this.#byLength.get(segments.length) ?? [];
      same.push({ route, segments, literals });
      same.sort((a, b) => b.literals - a.literals);
      this.#byLength.set(segments.length, same);
    }
  }

  /**
   * @returns the route, `'method'` when the path exists with other methods only, or undefined.
   */
  match(method: string, path: string): RouteMatch | 'method' | undefined {
    const wanted = split(path);
    let pathExists = false;
    for (const { route, segments } of this.#byLength.get(wanted.length) ?? []) {
      const parameters = matchSegments(segments, wanted);
      if (parameters === undefined) continue;
      if (route.method === method) return { route, parameters };
      pathExists = true;
    }
    return pathExists ? 'method' : undefined;
  }
}

function split(path: string): readonly string[] {
  return path.replace(/\/+$/, '').split('/').slice(1);
}

function matchSegments(
  segments: readonly string[],
  wanted: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = wanted[index] ?? '';
    if (segment.startsWith('{')) {
      if (value === '') return undefined;
      try {
        parameters[segment.slice(1, -1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (segment.toLowerCase() !== value.toLowerCase()) {
      return undefined;
    }
  }
  return parameters;
}
