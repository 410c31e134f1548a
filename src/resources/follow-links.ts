import type { Link } from '../fhir/reference.ts';
import type { Passage } from './draft.ts';
import type { ReferenceResolver, Target } from './resolve-references.ts';

/** Where each reference of a passage leads; those that leave this server, or stay inside of the resource, are left out. */
export type Followed = ReadonlyMap<Passage, readonly { readonly link: Link; readonly target: Target }[]>;

/** Follows the references of whatever is written. Throws as `ReferenceResolver.follow` does. */
export function followLinks(passages: readonly Passage[], resolver: ReferenceResolver): Followed {
  return new Map(
    passages
      .filter((it) => it.fate.kind !== 'existing')
      .map((passage) => [
        passage,
        passage.links.flatMap((link) => {
          const target = link.kind === 'reference' ? resolver.follow(passage, link) : undefined;
          return target && !('passage' in target && target.passage === passage) ? [{ link, target }] : [];
        }),
      ]),
  );
}
