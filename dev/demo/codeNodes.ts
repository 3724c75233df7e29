/**
 * What the Code nodes of workflows/ hold: functions of this folder without their types, and a few
 * lines that call them. `npx tsx dev/demo/codeNodes.ts` writes it into the workflow files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '../..');

/** @param parts the files of this folder whose functions the node uses */
function codeOf(parts: string[], call: string): string {
	const functions = parts.map((part) => {
		const source = readFileSync(join(__dirname, part), 'utf8');
		const { outputText } = transpileModule(source, {
			compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
		});
		return outputText.replace(/^export (?=(?:async )?function|const|class)/gm, '');
	});
	return [...functions, call].join('\n');
}

const READ_ROWS = `
const { file } = $input.first().json;
try {
    const rows = customersIn(readTable(decodeText(Buffer.from(file, 'base64'))));
    return rows.map(({ line, record, alsoOnLines }) => ({
        json: { ...record, line, alsoOnLines: alsoOnLines.join(' ') },
        pairedItem: { item: 0 },
    }));
} catch ({ message }) {
    throw new Error(\`The file was not taken, and nothing was checked or confirmed: \${message}\`);
}
`;

const MATCH_ROWS = `
// Google Sheets has row_number in place of line.
const rows = $('Read the Rows').all().map(({ json }) => ({ ...json, line: json.line ?? json.row_number }));
const results = $input.all().map(({ json }) => json);
return matchRows(rows, results).map((row) => ({ json: harmless(row) }));
`;

const HARMLESS = `
return $input.all().map(({ json }, item) => ({ json: harmless(json), pairedItem: { item } }));
`;

interface CodeNode {
	file: string;
	node: string;
	code: string;
}

/** Every Code node of the workflow files, with the code that it has to hold. */
export function codeNodes(): CodeNode[] {
	return [
		{
			file: 'reconfirm-campaign.json',
			node: 'Read the Rows',
			code: codeOf(['readCsv.ts'], READ_ROWS),
		},
		{
			file: 'reconfirm-campaign.json',
			node: 'Match the Rows',
			code: codeOf(['csvCells.ts'], MATCH_ROWS),
		},
		{
			file: 'coverage-report.json',
			node: 'Cells as Text',
			code: codeOf(['csvCells.ts'], HARMLESS),
		},
	];
}

interface WorkflowText {
	nodes: Array<{ name: string; parameters: { jsCode?: string } }>;
}

/** What a Code node of a workflow file holds now. */
export function codeIn({ file, node }: Pick<CodeNode, 'file' | 'node'>): string | undefined {
	const { nodes } = JSON.parse(readFileSync(join(ROOT, 'workflows', file), 'utf8')) as WorkflowText;
	return nodes.find(({ name }) => name === node)?.parameters.jsCode;
}

if (require.main === module) {
	for (const { file, node, code } of codeNodes()) {
		const path = join(ROOT, 'workflows', file);
		const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowText;
		for (const { name, parameters } of workflow.nodes) {
			if (name === node) parameters.jsCode = code;
		}
		writeFileSync(path, `${JSON.stringify(workflow, null, 2)}\n`);
	}
}
