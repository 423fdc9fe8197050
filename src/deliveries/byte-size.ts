/**
 * A number of bytes for people: `255 B`, `3.1 kB`, `5.2 MB` (powers of 1,000).
 * Whole kibibytes, mebibytes and gibibytes keep their name, since limits are set in them: `64 KiB`, `10 MiB`, `8 GiB`.
 */
export function byteSize(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes % 1_073_741_824 === 0) return `${bytes / 1_073_741_824} GiB`;
	if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
	if (bytes % 1024 === 0 && bytes >= 65_536) return `${bytes / 1024} KiB`;
	const power = bytes < 999_500 ? 1 : bytes < 999_500_000 ? 2 : 3;
	const amount = bytes / 1000 ** power;
	return `${amount.toFixed(amount < 99.95 ? 1 : 0).replace(/\.0$/, '')} ${['kB', 'MB', 'GB'][power - 1]!}`;
}
