/**
 * n8n's Data Tables for a run without a database: what n8n's own Data Table node reads and writes is
 * kept in this process.
 */
import type {
	DataTable,
	DataTableFilter,
	DataTableProxyProvider,
	DataTableRow,
	DataTableRowReturn,
	IDataTableProjectAggregateService,
	IDataTableProjectService,
} from 'n8n-workflow';

interface Table extends DataTable {
	rows: DataTableRowReturn[];
}

const PROJECT = 'project';

function notHere(what: string) {
	return async () => {
		throw new Error(`${what} is not available outside an n8n instance`);
	};
}

type Condition = DataTableFilter['filters'][number];

/** n8n's database compares with null as SQL does not: nothing equals only nothing. */
function meets(row: DataTableRow, { columnName, condition, value }: Condition): boolean {
	const stored = row[columnName] ?? null;
	switch (condition) {
		case 'eq':
			return stored === value;
		case 'neq':
			return stored !== value;
		case 'isEmpty':
			return stored === null || stored === '';
		case 'isNotEmpty':
			return stored !== null && stored !== '';
		default:
			throw new Error(`The condition "${condition}" is not available outside an n8n instance`);
	}
}

function matching<R extends DataTableRow>(rows: R[], filter?: DataTableFilter): R[] {
	if (filter === undefined || filter.filters.length === 0) return [...rows];
	return rows.filter((row) =>
		filter.type === 'and'
			? filter.filters.every((one) => meets(row, one))
			: filter.filters.some((one) => meets(row, one)),
	);
}

/** The tables of an instance, by name; given to several runs, they are what the runs share. */
export class DataTables implements DataTableProxyProvider {
	private readonly tables = new Map<string, Table>();

	/** The rows of a table, oldest first. @throws Error when nobody has created it */
	rows(name: string): DataTableRowReturn[] {
		const table = [...this.tables.values()].find((one) => one.name === name);
		if (table === undefined) throw new Error(`There is no data table "${name}"`);
		return table.rows;
	}

	/** @returns its ID */
	create(name: string, columns: string[]): string {
		const id = `table-${this.tables.size + 1}`;
		const now = new Date();
		this.tables.set(id, {
			id,
			name,
			projectId: PROJECT,
			createdAt: now,
			updatedAt: now,
			columns: columns.map((column, index) => ({
				id: `${id}-${index}`,
				name: column,
				type: 'string',
				index,
				dataTableId: id,
			})),
			rows: [],
		});
		return id;
	}

	async getDataTableAggregateProxy(): Promise<IDataTableProjectAggregateService> {
		return {
			getProjectId: () => PROJECT,
			createDataTable: async ({ name, columns }) => {
				const id = this.create(
					name,
					columns.map((column) => column.name),
				);
				return withoutRows(this.table(id));
			},
			getManyAndCount: async ({ filter }) => {
				const data = [...this.tables.values()]
					.filter(({ name }) => filter?.name === undefined || name === filter.name)
					.map(withoutRows);
				return { count: data.length, data };
			},
			deleteDataTableAll: notHere('Deleting tables'),
		};
	}

	async getDataTableProxy(
		_workflow: unknown,
		_node: unknown,
		id: string,
	): Promise<IDataTableProjectService> {
		const table = this.table(id);
		const insert = (row: DataTableRow): DataTableRowReturn => {
			const now = new Date();
			const stored = { ...row, id: table.rows.length + 1, createdAt: now, updatedAt: now };
			table.rows.push(stored);
			return { ...stored };
		};
		const update = (filter: DataTableFilter, data: DataTableRow) =>
			matching(table.rows, filter).map((row) => ({
				...Object.assign(row, data, { updatedAt: new Date() }),
			}));
		return {
			updateDataTable: notHere('Renaming a table'),
			deleteDataTable: notHere('Deleting a table'),
			getColumns: async () => table.columns,
			addColumn: notHere('Adding a column'),
			moveColumn: notHere('Moving a column'),
			deleteColumn: notHere('Deleting a column'),
			getManyRowsAndCount: async ({ filter, skip = 0, take }) => {
				const found = matching(table.rows, filter).map((row) => ({ ...row }));
				return {
					count: found.length,
					data: found.slice(skip, take === undefined ? undefined : skip + take),
				};
			},
			insertRows: async (rows) => rows.map(insert) as never,
			updateRows: async ({ filter, data }) => update(filter, data),
			upsertRow: async ({ filter, data }) => {
				const updated = update(filter, data);
				return updated.length > 0 ? updated : [insert(data)];
			},
			deleteRows: async ({ filter }) => {
				const gone = matching(table.rows, filter);
				table.rows = table.rows.filter((row) => !gone.includes(row));
				return gone;
			},
			clearRows: async () => ({ deletedCount: table.rows.splice(0).length }),
		};
	}

	private table(id: string): Table {
		const table = this.tables.get(id);
		if (table === undefined) throw new Error(`There is no data table with the ID "${id}"`);
		return table;
	}
}

function withoutRows(table: Table): DataTable {
	const { id, name, columns, createdAt, updatedAt, projectId } = table;
	return { id, name, columns, createdAt, updatedAt, projectId };
}
