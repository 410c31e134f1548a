/** What the institutions of the region have still to acknowledge. One statement over all recalls, which are as rare as corrections. */
export async function measureRecalls(reader) {
    const { rows } = await reader.$client.query({
        name: 'measure-recalls',
        text: `
      select count(*)::int as count, greatest(coalesce(extract(epoch from now() - min(r.told_at)), 0), 0)::float8 as "oldestSeconds"
        from recalls as r
       where not exists (select from recall_acknowledgements as a where a.person = r.person and a.recall = r.id)`,
    });
    const [row] = rows;
    if (!row)
        throw new Error('The figures of the recalls are not there.');
    return row;
}
