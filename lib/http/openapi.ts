import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#lib/contract.ts';

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });

let made: Promise<object> | undefined;

/** The OpenAPI 3.1 document of the whole API. */
export function openApiDocument(publicUrl: string): Promise<object> {
  made ??= generator.generate(contract, {
    info: {
      title: 'Winnow',
      version: '1',
      description:
        'Human preference studies over video models. Errors are JSON with `code`, `message` and `data`.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
  });
  return made;
}
