/** What a page can hold without trouble; more of a recording is not read. In bytes of deliveries. */
export const mostRecordedBytes = 500_000_000;
