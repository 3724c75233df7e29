/**
 * What the sample workflows do to rows before Convert to File writes them as CSV. The Code nodes of
 * workflows/ hold this text without its types; see codeNodes.ts.
 */

/** Row by row, with a value for each column. */
export type ReportRow = Record<string, unknown>;

/**
 * The text in a form that no spreadsheet runs: Excel, LibreOffice and Google Sheets take a cell that
 * begins with one of these characters for a formula, also behind spaces, and also where a cell is
 * cut at a semicolon because their country separates by it. An apostrophe in front makes it text.
 * Plain numbers stay as they are.
 *
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function harmlessText(text: string): string {
	if (/^-?\d+(?:[.,]\d+)?$/.test(text)) return text;
	return text
		.replace(
			/^(?=[\s\p{Cf}]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20\p{Cc}])/u,
			"'",
		)
		.replace(
			/([;\t\r\n])(?=[\s\p{Cf}]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20])/gu,
			"$1'",
		);
}

/** The value with every text in it made harmless; numbers, true and false, and null stay. */
export function harmless(value: unknown): unknown {
	if (typeof value === 'string') return harmlessText(value);
	if (Array.isArray(value)) return value.map(harmless);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, harmless(entry)]));
}

/**
 * The results in the order of the rows that were read, by the number of their line, with a row of
 * its own for each line that has no result, or more than one. `line` tells the two kinds of those apart
 * from all others: their `outcome` is `no result` or `several results`.
 */
export function matchRows(rows: ReportRow[], results: ReportRow[]): ReportRow[] {
	const matched = rows.flatMap((row) => {
		const own = results.filter(({ line }) => line === row.line);
		if (own.length === 1) return own;
		const { line, companyName, customerId, email, alsoOnLines } = row;
		const outcome = own.length === 0 ? 'no result' : 'several results';
		const detail = 'See the execution in n8n before this row is tried again.';
		return [...own, { line, companyName, customerId, email, outcome, detail, alsoOnLines }];
	});
	return [...matched, ...results.filter((result) => !matched.includes(result))];
}
