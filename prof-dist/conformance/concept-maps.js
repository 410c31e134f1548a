/** Every concept map that is in force without being named: the catalogue's, and those of loaded packages. */
export async function conceptMaps(registry, reader, ours) {
    return [...ours, ...(await Promise.all(registry.current('ConceptMap').map((it) => registry.read(reader, it))))];
}
