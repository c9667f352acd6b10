import type { Mutation } from './mutation.ts';
import { ruleMutations } from './ruleMutations.ts';
import { schemaMutations } from './schemaMutations.ts';
import { fixture, VALID_FILES } from './validFiles.ts';
import { wellFormednessMutations } from './wellFormednessMutations.ts';

/** Every single fault that the generators put into the valid files. */
export function* allMutations(): Generator<Mutation> {
  for (const path of VALID_FILES) {
    const file = fixture(path);
    if (path.endsWith('.xml')) {
      yield* wellFormednessMutations(file);
      yield* schemaMutations(file);
    }
    yield* ruleMutations(file);
  }
}
