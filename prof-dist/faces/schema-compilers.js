import { setImmediate as nextTurn } from 'node:timers/promises';
import serializerSelector from '@fastify/fast-json-stringify-compiler';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
/**
 * Makes programs of the doors' schemas: what checks the parts of a request, and what writes an answer. To make all of them takes longer than
 * everything else at the start, so each is made at its first use, and what is left once the server listens.
 */
export class SchemaCompilers {
    /** Bodies are taken as they are or refused. */
    strict = addFormats.default(new Ajv({ allErrors: true, strict: false }));
    /** Paths, queries and headers are text by nature and may be read as numbers. */
    #coercing = addFormats.default(new Ajv({ allErrors: true, strict: false, coerceTypes: 'array', useDefaults: true }));
    #buildSerializer = serializerSelector();
    /** Each makes one program, unless it was made before. */
    #waiting = [];
    /** Has the server use them; it was made with `buildSerializer`. */
    serve(app) {
        app.setValidatorCompiler(this.#validator);
        app.decorate('compileSchemas', () => this.#compileAll());
        app.addHook('onListen', async () => {
            this.#compileAll().catch((error) => app.log.error({ err: error }, 'a schema could not be made a program'));
        });
    }
    /** Checks a part of a request. */
    #validator = ({ schema, httpPart }) => {
        const compiled = this.#later(() => (httpPart === 'body' ? this.strict : this.#coercing).compile(schema));
        const validator = (part) => {
            const validate = compiled();
            const valid = validate(part);
            // The server looks for them here, as soon as it has the answer.
            validator.errors = validate.errors ?? null;
            return valid;
        };
        return validator;
    };
    /** Writes an answer; for the option `schemaController`, which hands over the schemas that several doors share. */
    buildSerializer = (shared, options) => {
        const compile = this.#buildSerializer(shared, options);
        return (route) => {
            const serialize = this.#later(() => compile(route));
            return (answer) => serialize()(answer);
        };
    };
    /** One a turn, so that requests wait for no more than one; whoever ends the program waits for none. */
    async #compileAll() {
        for (let make = this.#waiting.pop(); make; make = this.#waiting.pop()) {
            make();
            await nextTurn(undefined, { ref: false });
        }
    }
    #later(make) {
        let made;
        const once = () => (made ??= make());
        this.#waiting.push(once);
        return once;
    }
}
