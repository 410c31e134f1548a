/**
 * SQL that selects the rows of `rows` (a CTE with `person`, `id` and `version`) with `columns` beside these three and `content`, the text of the
 * version, `null` of a deletion; in any order. For rows that share their values, as the parts of reports do: a value that several of the texts
 * lie in is fetched and decompressed once, and not for each. What the view `version_texts` says of one row, this says of many.
 *
 * The columns are gathered in arrays, so none of them may be one. By primary keys: nothing is joined that the planner could join in another way.
 * `offset 0` has the texts taken out here: whatever the statement sorts by, it sorts them and not as many copies of the whole values.
 */
export function textsOf(rows, columns) {
    const carried = ['person', 'id', 'version', ...columns];
    const gathered = [...carried, 'text_from', 'text_bytes'];
    return `select ${carried.map((it) => `p.${it}`).join(', ')},
                 case when g.whole is null
                      then (select content from version_texts where person = p.person and id = p.id and version = p.version)
                      else convert_from(substring(g.whole from p.text_from for p.text_bytes), 'UTF8') end as content
            from (select ${gathered.map((it) => `array_agg(l.${it}) as ${it}`).join(', ')},
                         -- Joined to nothing, so that it is in memory as a whole; what one row alone takes of a value is read from its beginning.
                         case when count(*) > 1 then (
                           select content || ''::bytea from published_texts where person = l.person and id = l.text_value) end as whole
                    from (select r.*, v.text_value, v.text_from, v.text_bytes
                            from ${rows} r cross join lateral (
                              select text_value, text_from, text_bytes from resource_versions
                               where person = r.person and id = r.id and version = r.version offset 0) v) l
                   group by l.person, l.text_value offset 0) g
           cross join lateral unnest(${gathered.map((it) => `g.${it}`).join(', ')}) as p(${gathered.join(', ')})
          offset 0`;
}
