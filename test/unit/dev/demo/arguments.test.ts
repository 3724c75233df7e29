import { HELP, parseArguments } from '../../../../dev/demo/arguments';

describe('what can be written after npm start --', () => {
	it('is nothing at all', () => {
		expect(parseArguments([])).toEqual({ help: false });
	});

	it.each([['--help'], ['-h']])('is %s', (flag) => {
		expect(parseArguments([flag])).toMatchObject({ help: true });
	});

	it('is a file of customers and a workflow, in either order and either spelling', () => {
		const both = { input: 'ügyfelek.csv', workflow: 'akış.json', help: false };
		expect(parseArguments(['--input', 'ügyfelek.csv', '--workflow=akış.json'])).toEqual(both);
		expect(parseArguments(['--workflow', 'akış.json', '--input=ügyfelek.csv'])).toEqual(both);
	});

	it('is a path with spaces, right to left or in Chinese characters, as it was typed', () => {
		expect(parseArguments(['--input', 'C:\\Mijn klanten\\客户 לקוחות.csv']).input).toBe(
			'C:\\Mijn klanten\\客户 לקוחות.csv',
		);
	});

	it.each([
		['an option that does not exist', ['--inptu', 'a.csv'], "Unknown option '--inptu'"],
		['a short option that does not exist', ['-i'], "Unknown option '-i'"],
		['a file without its option', ['klanten.csv'], "Unexpected argument 'klanten.csv'"],
		['--input without its file', ['--input'], "Option '--input <value>' argument missing"],
		['--workflow without its file', ['--workflow'], "Option '--workflow <value>' argument missing"],
		[
			'--input followed by another option',
			['--input', '--help'],
			"Option '--input' argument is ambiguous",
		],
		['--input with an empty name', ['--input='], "Option '--input' names no file"],
		['--workflow with an empty name', ['--workflow', ''], "Option '--workflow' names no file"],
		['--help with a value', ['--help=yes'], "Option '-h, --help' does not take an argument"],
	])('is not %s: one line says so and where to look', (_what, argv, reason) => {
		expect(() => parseArguments(argv)).toThrow(new Error(`${reason}. See npm start -- --help`));
	});
});

describe('the help text', () => {
	it.each(['--input', '--workflow', '--help', 'Exit status'])('explains %s', (subject) => {
		expect(HELP).toContain(subject);
	});

	it.each([
		'customerId',
		'firstName',
		'lastName',
		'email',
		'dateAgreed',
		'companyName',
		'phoneNumber',
	])('names the column %s', (column) => {
		expect(HELP).toMatch(new RegExp(`^Columns:.*\\b${column}\\b`, 'm'));
	});

	it('fits a terminal of 100 columns', () => {
		for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
	});
});
