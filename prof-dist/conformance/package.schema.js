import { Type } from 'typebox';
export const LoadedPackage = Type.Object({
    name: Type.String({ examples: ['chongqing.core'] }),
    version: Type.String({ examples: ['0.1.6'] }),
    canonical: Type.Optional(Type.String({ description: 'Address of its definitions.', examples: ['http://fhir.cq.hc'] })),
    sha256: Type.String({ description: 'Of the file, hexadecimal.' }),
});
export const StoredPackage = Type.Interface([LoadedPackage], {
    loadedAt: Type.String({ format: 'date-time' }),
    definitions: Type.Record(Type.String(), Type.Integer(), { description: 'How many definitions it has, by type.' }),
});
