import fc from 'fast-check';
import { expect, test } from 'vitest';
import { narrativeFault } from '../../../src/fhir/validation/narrative.ts';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

test.each([
  '血红蛋白 <b>5.40</b> g/L',
  '<p class="a" style="color: red; margin: 0">a<br/>b</p>',
  '<table border="1"><caption>c</caption><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
  '<a href="https://example.org/x?y=1&amp;z=2">x</a> <a name="here">y</a> <a href="#here">z</a>',
  '<a href="tel:+86-23-1234">t</a> <a href="mailto:a@example.org">m</a>',
  '<img src="#pic" alt="x"/>',
  '<img src="data:image/png;base64,iVBORw0KGgo="/>',
  '<td style="background-image: url(tbl_bck1.png)">a</td>',
  '<td style="background: url(\'data:image/png;base64,iVBORw0KGgo=\')">a</td>',
  '&lt;script&gt; &#160; &#xA0; &amp;',
  '<!-- a comment --> a',
  "<p title='single'>a</p>",
  '<div xmlns="http://www.w3.org/1999/xhtml">nested</div>',
])('a narrative may hold %s', (inner) => {
  expect(narrativeFault(div(inner))).toBeUndefined();
});

/** Trap 31, after the bad patients of the HL7 validator's own tests. */
test.each([
  ['a script', '<script>alert(1)</script>'],
  ['a script in capitals', '<SCRIPT>alert(1)</SCRIPT>'],
  ['an event handler', '<p onclick="alert(1)">a</p>'],
  ['an event handler on an image', '<img src="x" onerror="alert(1)"/>'],
  ['a link that runs code', '<a href="javascript:alert(1)">a</a>'],
  ['the same with entities', '<a href="java&#115;cript:alert(1)">a</a>'],
  ['the same with a line feed', '<a href="java&#10;script:alert(1)">a</a>'],
  ['the same after a space', '<a href=" javascript:alert(1)">a</a>'],
  ['a link to data', '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>'],
  ['an image that is a drawing with scripts', '<img src="data:image/svg+xml;base64,PHN2Zz4="/>'],
  ['a link to a program', '<a href="vbscript:x">a</a>'],
  ['a style that fetches', '<p style="background: url(http://evil.example/x)">a</p>'],
  ['a style that fetches from wherever', '<p style="background: URL ( //evil.example/x )">a</p>'],
  ['a style that fetches without url()', '<p style="background: image-set(\'http://evil.example/x\' 1x)">a</p>'],
  ['a style that shows a drawing with scripts', '<p style="background: url(data:image/svg+xml;base64,PHN2Zz4=)">a</p>'],
  ['a style that runs code', '<p style="width: expression(alert(1))">a</p>'],
  ['a style written in escapes', '<p style="background: \\75rl(http://evil.example)">a</p>'],
  ['a style sheet', '<style>p { color: red }</style>a'],
  ['a style sheet from elsewhere', '<link rel="stylesheet" href="http://evil.example/x.css"/>a'],
  ['a frame', '<iframe src="http://evil.example"></iframe>a'],
  ['an object', '<object data="x"/>a'],
  ['an embedded program', '<embed src="x"/>a'],
  ['a form', '<form action="http://evil.example"><input name="a"/></form>'],
  ['a head', '<head><title>a</title></head>a'],
  ['a base', '<base href="http://evil.example"/>a'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><a/></svg>a'],
  ['another namespace', '<p xmlns="http://www.w3.org/2000/svg">a</p>'],
  ['a prefix', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">a</x:script>'],
  ['an entity of HTML', 'a&nbsp;b'],
  ['an entity of its own', 'a&xxe;b'],
  ['an entity in an attribute', '<p title="&xxe;">a</p>'],
  ['a bare ampersand', 'a & b'],
  ['what only an HTML reader takes for the end of a comment', '<!--><script>alert(1)</script>-->a'],
  ['the other form of it', '<!---><script>alert(1)</script>-->a'],
  ['a comment within a comment', '<!-- a -- b -->a'],
  ['a section without markup', '<![CDATA[<script>]]>a'],
  ['an instruction', '<?php x ?>a'],
  ['a tag that is not closed', '<p>a'],
  ['tags that cross', '<b><i>a</b></i>'],
  ['an attribute without quotes', '<p class=a>a</p>'],
  ['an attribute that stands twice', '<p class="a" class="b">a</p>'],
  ['a tag in an attribute', '<p title="<script>">a</p>'],
  ['nothing to read', ' <p> </p> '],
])('trap 31: a narrative with %s is refused', (_, inner) => {
  expect(narrativeFault(div(inner))).toMatchObject({ kind: 'invariant', en: expect.stringContaining('txt-1') });
});

test.each([
  ['no div', '<p xmlns="http://www.w3.org/1999/xhtml">a</p>'],
  ['no namespace', '<div>a</div>'],
  ['the wrong namespace', '<div xmlns="http://www.w3.org/1999/xhtm">a</div>'],
  ['two of them', `${div('a')}${div('b')}`],
  ['text in front', `a${div('a')}`],
  ['text behind', `${div('a')}b`],
  ['a document type', `<!DOCTYPE html>${div('a')}`],
  ['an external entity', `<!DOCTYPE div [<!ENTITY x SYSTEM "file:///etc/passwd">]>${div('&x;')}`],
  ['an XML declaration', `<?xml version="1.0"?>${div('a')}`],
])('trap 31: %s is refused', (_, text) => {
  expect(narrativeFault(text)).toBeDefined();
});

test('whatever text is put in with its five characters escaped stays text', () => {
  const escape = (text: string) => text.replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('<', '>', '&', '"', "'", '-', '!', 'a', '中', ']') }), (text) => {
      expect(narrativeFault(div(`x${escape(text)}`))).toBeUndefined();
      expect(narrativeFault(div(`<p title="${escape(text)}">x</p>`))).toBeUndefined();
    }),
  );
});

test('a long narrative takes time in proportion to its length', () => {
  const started = performance.now();
  for (const inner of [
    '<b>a</b>'.repeat(60_000),
    '<'.repeat(500_000),
    ` ${'a="b" '.repeat(80_000)}`,
    `<p ${'a '.repeat(200_000)}`,
    '<!--'.repeat(100_000),
  ]) {
    narrativeFault(div(inner));
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
