import type { XmlElement } from '../../reader/xmlDocument.ts';

const PROVIDER = ['entity-id', 'base-url', 'metadata-url'];
const SERVICE = ['idp-name', 'idp-entity-id', 'idp-metadata-url'];

/** Which attributes of the two SAML roles are there, and which the chosen role still needs. */
export function samlRoles(saml: XmlElement): {
  readonly provider: readonly string[];
  readonly service: readonly string[];
  readonly mixed: boolean;
  readonly missing: readonly string[];
} {
  const present = (name: string): boolean => saml.attribute(name) !== undefined;
  const provider = PROVIDER.filter(present);
  const service = SERVICE.filter(present);
  const needed = service.length > 0 ? SERVICE : ['entity-id', 'base-url'];
  return {
    provider,
    service,
    mixed: provider.length > 0 && service.length > 0,
    missing: needed.filter((name) => !present(name)),
  };
}
