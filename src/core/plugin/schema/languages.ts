import { XmlLanguageModel, type XmlLanguageSchema } from './elementModel.ts';
import namedQueries from './named_queries.schema.json' with { type: 'json' };
import permissionMappings from './permission_mappings.schema.json' with { type: 'json' };
import plugin from './plugin.schema.json' with { type: 'json' };
import userSchema from './user_schema.schema.json' with { type: 'json' };

/** The XML languages of a plugin package. */
export type XmlLanguageId = 'plugin' | 'named_queries' | 'permission_mappings' | 'user_schema';

/** Their models: made once, never changed. */
export const XML_LANGUAGES: Readonly<Record<XmlLanguageId, XmlLanguageModel>> = {
  plugin: new XmlLanguageModel(plugin as XmlLanguageSchema),
  named_queries: new XmlLanguageModel(namedQueries as XmlLanguageSchema),
  permission_mappings: new XmlLanguageModel(permissionMappings as XmlLanguageSchema),
  user_schema: new XmlLanguageModel(userSchema as XmlLanguageSchema),
};
