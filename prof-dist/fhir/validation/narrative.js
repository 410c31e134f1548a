/** Formatting elements of HTML 4.0, chapters 7 to 11 (but 9.4) and 15, and links and images: R4, 2.4.0 Narrative. */
const ELEMENTS = new Set(('a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li ' +
    'map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var').split(' '));
const ATTRIBUTES = new Set(('title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan ' +
    'a.href a.name a.charset a.type a.hreflang a.rel a.rev a.shape a.coords img.src img.alt img.border img.height img.longdesc img.ismap ' +
    'img.usemap map.name area.alt area.coords area.href area.nohref area.shape blockquote.cite q.cite table.border table.cellpadding ' +
    'table.cellspacing table.frame table.rules table.summary td.nowrap th.nowrap').split(' '));
const ADDRESSES = new Set(['href', 'src', 'cite', 'longdesc', 'usemap']);
const XHTML = 'http://www.w3.org/1999/xhtml';
/** XML's own and by number; HTML's are not known to XML (R4, 2.4.0). */
const ENTITY = /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/;
const TAG = /<(?:(\/)([A-Za-z][\w:.-]*)\s*|([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?))>/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const SAFE_SCHEME = /^(?:https?|mailto|tel|urn|ftps?|cid):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|bmp|webp);base64,[A-Za-z0-9+/=\s]*$/i;
/** Anything that fetches from elsewhere or runs something, also when its name is written with escapes. */
const UNSAFE_STYLE = /expression\s*\(|@import|javascript:|behaviou?r\s*:|-moz-binding|\\|<|\/\*/i;
const STYLE_ADDRESS = /(?:url|image|image-set|src)\s*\(\s*["']?([^"')]*)/gi;
/**
 * The first fault of a narrative (R4, 2.4.0, invariants txt-1 and txt-2): one well-formed XHTML `div` with something to read in it, made of
 * formatting elements alone. Scripts, forms, event handlers, foreign documents, styles that fetch, addresses that run code, and what an HTML
 * reader would take for something else than an XML reader does, are refused.
 */
export function narrativeFault(value) {
    if (typeof value !== 'string')
        return { kind: 'structure', en: 'must be a string', zh: '必须为字符串' };
    const open = [];
    let hasContent = false;
    let at = 0;
    while (at < value.length) {
        const next = value.indexOf('<', at);
        const words = value.slice(at, next < 0 ? value.length : next);
        if (words !== '') {
            if (ENTITY.test(words))
                return fault('holds an entity that XML does not know', '含有 XML 不支持的实体');
            const isBlank = words.trim() === '';
            if (open.length === 0 && !isBlank)
                return fault('must be one <div>', '必须为单个 <div>');
            if (!isBlank)
                hasContent = true;
        }
        if (next < 0)
            break;
        at = next;
        if (value.startsWith('<!--', at)) {
            const end = value.indexOf('-->', at + 4);
            const comment = value.slice(at + 4, Math.max(end, at + 4));
            if (end < 0 || comment.includes('--') || /^-?>|-$/.test(comment)) {
                return fault('holds a comment that is not well-formed', '含有格式不正确的注释');
            }
            at = end + 3;
            continue;
        }
        TAG.lastIndex = at;
        const tag = TAG.exec(value);
        if (!tag)
            return fault(`is not well-formed XHTML at character ${at + 1}`, `第 ${at + 1} 个字符处不是格式正确的 XHTML`);
        at = TAG.lastIndex;
        const [, closing, closed, name = '', attributes = '', empty] = tag;
        if (closing) {
            if (open.pop() !== closed)
                return fault(`closes <${closed}> where it is not open`, `<${closed}> 的结束标签不匹配`);
            if (open.length === 0 && value.slice(at).trim() !== '')
                return fault('must be one <div>', '必须为单个 <div>');
            continue;
        }
        if (open.length === 0 && name !== 'div')
            return fault('must be one <div>', '必须为单个 <div>');
        if (!ELEMENTS.has(name))
            return fault(`<${name}> is not allowed`, `不允许使用 <${name}>`);
        const wrong = attributeFault(name, attributes, open.length === 0);
        if (wrong)
            return wrong;
        if (name === 'img')
            hasContent = true;
        if (!empty)
            open.push(name);
    }
    if (open.length > 0)
        return fault(`<${open.at(-1)}> is not closed`, `<${open.at(-1)}> 未关闭`);
    return hasContent ? undefined : fault('must hold something to read', '叙述内容不能为空');
}
function attributeFault(element, text, isRoot) {
    const seen = new Set();
    let namespace;
    for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
        const written = double ?? single ?? '';
        if (seen.has(name))
            return fault(`the attribute ${name} stands twice`, `属性 ${name} 重复出现`);
        seen.add(name);
        if (ENTITY.test(written))
            return fault('holds an entity that XML does not know', '含有 XML 不支持的实体');
        const meant = decoded(written);
        if (name === 'xmlns')
            namespace = meant;
        else if (!ATTRIBUTES.has(name) && !ATTRIBUTES.has(`${element}.${name}`)) {
            return fault(`the attribute ${name} of <${element}> is not allowed`, `不允许在 <${element}> 上使用属性 ${name}`);
        }
        if (ADDRESSES.has(name) && !isSafeAddress(meant, name === 'src')) {
            return fault(`the address in ${name} of <${element}> is not allowed`, `<${element}> 的 ${name} 地址不被允许`);
        }
        if (name === 'style' && !isSafeStyle(meant))
            return fault('a style must not fetch from elsewhere or run anything', '样式不得加载外部内容或执行任何内容');
    }
    if ((isRoot || namespace !== undefined) && namespace !== XHTML) {
        return fault(`the <div> must be in the namespace ${XHTML}`, `<div> 的命名空间必须为 ${XHTML}`);
    }
    return undefined;
}
/** Pictures may come with the page that shows the narrative, or be written into it. */
function isSafeStyle(style) {
    if (UNSAFE_STYLE.test(style))
        return false;
    return [...style.matchAll(STYLE_ADDRESS)].every(([, address = '']) => {
        const dense = address.replace(/[\p{Cc}\s]+/gu, '');
        return !dense.startsWith('//') && (!SCHEME.test(dense) || IMAGE_DATA.test(dense));
    });
}
/** Readers of HTML skip white space and control characters in front of and within a scheme. */
function isSafeAddress(address, isImage) {
    const dense = address.replace(/[\p{Cc}\s]+/gu, '');
    if (!SCHEME.test(dense))
        return true;
    return SAFE_SCHEME.test(dense) || (isImage && IMAGE_DATA.test(dense));
}
function decoded(text) {
    return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi, (_, hex, decimal, name) => {
        if (name)
            return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[String(name)] ?? '';
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
        return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    });
}
function fault(en, zh) {
    return { kind: 'invariant', en: `${en} (txt-1, txt-2)`, zh: `${zh}（txt-1、txt-2）` };
}
