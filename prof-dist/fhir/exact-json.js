import { Failure } from '../failure.js';
import { SourceSpans } from './source-spans.js';
const DEPTH_MAX = 100;
/**
 * Objects and arrays of one document: more than twice what Synthea histories would have at 8 MiB. Each costs far more room than the few
 * characters it may be written in, so that their number is limited beside the size.
 */
const NODES_MAX = 400_000;
/** The text of bytes, a byte order mark in it too. Throws `malformed` for anything but UTF-8. */
export function utf8Text(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        throw new Failure('malformed', { en: 'the body is not UTF-8', zh: '请求体不是 UTF-8 编码' });
    }
}
/**
 * Reads a JSON object as FHIR wants it (R4, 2.6.2 JSON representation): what JSON allows and FHIR forbids is refused as well, namely
 * duplicate names, empty arrays and objects, `null` outside of an array, a byte order mark.
 *
 * Throws `malformed` with line, column and path of the first fault; `too-large` for more objects and arrays than any document here has.
 */
export function parseExactJson(text, rootName = '$') {
    return new Parser(text, rootName).document();
}
class Parser {
    text;
    path;
    spans;
    at = 0;
    depth = 0;
    constructor(text, rootName) {
        this.text = text;
        this.spans = new SourceSpans(text);
        this.path = [rootName];
    }
    document() {
        if (this.text.charCodeAt(0) === 0xfeff)
            this.fail('a byte order mark is not allowed', '不允许出现字节顺序标记（BOM）');
        this.space();
        if (this.text[this.at] !== '{')
            this.fail('a JSON object was expected', '此处应为 JSON 对象');
        const value = this.object();
        this.space();
        if (this.at < this.text.length)
            this.fail('there is text after the end of the document', '文档结束之后还有多余内容');
        return { text: this.text, value, spans: this.spans };
    }
    value() {
        const code = this.text.charCodeAt(this.at);
        if (code === 0x22)
            return this.string();
        if (code === 0x7b)
            return this.object();
        if (code === 0x5b)
            return this.array();
        if (code === 0x2d || (code >= 0x30 && code <= 0x39))
            return this.number();
        if (this.text.startsWith('true', this.at))
            return this.word(4, true);
        if (this.text.startsWith('false', this.at))
            return this.word(5, false);
        if (this.text.startsWith('null', this.at))
            return this.word(4, null);
        if (code === 0x2f)
            return this.fail('comments are not allowed', '不允许出现注释');
        if (Number.isNaN(code))
            return this.fail('the document ends too early', '文档提前结束');
        return this.fail('a JSON value was expected', '此处应为 JSON 值');
    }
    object() {
        const object = {};
        const place = this.descend(object);
        this.at++;
        this.space();
        if (this.text.charCodeAt(this.at) === 0x7d)
            this.fail('an empty object is not allowed', '不允许出现空对象');
        for (;;) {
            if (this.text.charCodeAt(this.at) !== 0x22)
                this.fail('a member name in double quotes was expected', '此处应为带双引号的成员名');
            const key = this.at;
            const name = this.string();
            // Every object has names of its prototype as well; to ask for a member is quicker than to ask whose it is.
            if (object[name] !== undefined && Object.hasOwn(object, name))
                this.fail(`"${name}" appears twice`, `成员“${name}”重复出现`, key);
            if (name === '__proto__')
                this.fail('the name "__proto__" is not allowed', '不允许使用成员名“__proto__”', key);
            this.space();
            if (this.text.charCodeAt(this.at) !== 0x3a)
                this.fail('":" was expected', '此处应为“:”');
            this.at++;
            this.space();
            this.path.push(name);
            const start = this.at;
            const value = this.value();
            if (value === null)
                this.fail('null is not allowed here; leave the element out', '此处不允许为 null，请省略该元素', start);
            this.path.pop();
            object[name] = value;
            if (!this.more(0x7d))
                break;
        }
        this.depth--;
        this.spans.end(place, this.at);
        return object;
    }
    array() {
        const array = [];
        const place = this.descend(array);
        this.at++;
        this.space();
        if (this.text.charCodeAt(this.at) === 0x5d)
            this.fail('an empty array is not allowed', '不允许出现空数组');
        for (;;) {
            this.path.push(array.length);
            array.push(this.value());
            this.path.pop();
            if (!this.more(0x5d))
                break;
        }
        this.depth--;
        this.spans.end(place, this.at);
        return array;
    }
    /** After a member or element: true at a comma, false past the closing bracket. */
    more(closing) {
        this.space();
        const code = this.text.charCodeAt(this.at);
        if (code === closing) {
            this.at++;
            return false;
        }
        if (code !== 0x2c)
            this.fail(`"," or "${String.fromCharCode(closing)}" was expected`, `此处应为“,”或“${String.fromCharCode(closing)}”`);
        this.at++;
        this.space();
        if (this.text.charCodeAt(this.at) === closing)
            this.fail('a comma before the closing bracket is not allowed', '结尾括号前不允许有多余逗号');
        return true;
    }
    string() {
        const start = this.at;
        let at = start + 1;
        let escaped = false;
        for (;;) {
            const code = this.text.charCodeAt(at);
            if (code === 0x22)
                break;
            if (code === 0x5c) {
                escaped = true;
                at += 2;
            }
            else if (code < 0x20)
                this.fail('a control character stands unescaped in a string', '字符串中存在未转义的控制字符', at);
            else if (Number.isNaN(code))
                this.fail('a string is not closed', '字符串未闭合', start);
            else
                at++;
        }
        this.at = at + 1;
        if (!escaped)
            return this.text.slice(start + 1, at);
        const value = unescaped(this.text.slice(start, this.at));
        if (value === undefined)
            this.fail('a string holds an escape that JSON does not know', '字符串中含有 JSON 不支持的转义', start);
        if (FORBIDDEN.test(value)) {
            this.fail('a string holds a character that FHIR does not allow (a control character, or half of a character)', '字符串中含有 FHIR 不允许的字符（控制字符或不完整字符）', start);
        }
        return value;
    }
    number() {
        NUMBER.lastIndex = this.at;
        const match = NUMBER.exec(this.text);
        if (!match)
            return this.fail('a number is not written as JSON writes it', '数字格式不符合 JSON 规范');
        this.at = NUMBER.lastIndex;
        return Number(match[0]);
    }
    word(length, value) {
        this.at += length;
        return value;
    }
    space() {
        for (;;) {
            const code = this.text.charCodeAt(this.at);
            if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)
                return;
            this.at++;
        }
    }
    /** One level down, into an object or array that begins here. */
    descend(holder) {
        this.depth++;
        const place = this.spans.begin(holder, this.at);
        if (this.spans.size > NODES_MAX) {
            throw new Failure('too-large', {
                path: pathText(this.path),
                en: `more than ${NODES_MAX} objects and arrays are in one document`,
                zh: `单个文档中的对象和数组超过 ${NODES_MAX} 个`,
            });
        }
        if (this.depth > DEPTH_MAX)
            this.fail(`more than ${DEPTH_MAX} levels are nested`, `嵌套层数超过 ${DEPTH_MAX}`);
        return place;
    }
    fail(en, zh, at = this.at) {
        const before = this.text.slice(0, at);
        const line = before.split('\n').length;
        const column = at - before.lastIndexOf('\n');
        throw new Failure('malformed', {
            path: pathText(this.path),
            en: `line ${line}, column ${column}: ${en}`,
            zh: `第 ${line} 行第 ${column} 列：${zh}`,
        });
    }
}
/** R4, 2.24.0.1 string: no characters below 32 but tab, line feed and carriage return; and text has no halves of characters. */
const FORBIDDEN = /(?![\t\n\r\x7f-\x9f])[\p{Cc}\p{Cs}]/u;
function unescaped(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
/** `['Bundle', 'entry', 3, 'resource']` → `Bundle.entry[3].resource`. */
function pathText(path) {
    return path.reduce((text, step) => {
        if (typeof step === 'number')
            return `${text}[${step}]`;
        return text === '' ? step : `${text}.${step}`;
    }, '');
}
