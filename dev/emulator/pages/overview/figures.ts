/** Numbers as a person reads them. */
const thousands = new Intl.NumberFormat('en-US');

/** 1,234 */
export function figure(count: number): string {
	return thousands.format(count);
}

/** "1 customer", "1,234 customers" */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${figure(count)} ${count === 1 ? one : many}`;
}
