/** Whether a demand takes a resource away. */
export const isRemoval = (demand) => demand.wish.kind === 'delete';
/** Whether a demand changes parts of a resource. */
export const isPatching = (demand) => demand.wish.kind === 'patch';
