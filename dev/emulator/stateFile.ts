/**
 * `--state file.json`: what the emulator knows outlives it. The file holds customers, templates and
 * audit records; how the emulator behaves (switches, faults) is said at each start, and tokens are
 * never written.
 */
import { z } from 'zod';
import { auditRecordSchema } from './audit/auditRecord';
import type { EmulatorContext } from './EmulatorContext';
import { JsonFileError, readJsonFileIfAny, writeJsonFile } from './jsonFile';
import { indirectResellerSchema, seedCustomerSchema, type EmulatorStateInput } from './state';
import { templateSchema } from './templates';

const savedStateSchema = z
	.object({
		customers: z.array(seedCustomerSchema),
		templates: z.array(templateSchema),
		indirectResellers: z.array(indirectResellerSchema).default([]),
		partnerAgreementSigned: z.boolean().default(true),
		/** As they are shown: what follows from the rest is dropped. */
		auditRecords: z
			.array(
				auditRecordSchema
					// One that was left out is not to be made up anew.
					.extend({ originalCorrelationId: z.string().nullable().default(null) })
					.strip(),
			)
			.default([]),
	})
	.strict();

export type SavedState = z.output<typeof savedStateSchema>;

/** Undefined when the file does not exist yet. @throws JsonFileError */
export function readStateFile(file: string): SavedState | undefined {
	return readJsonFileIfAny(file, savedStateSchema);
}

/** @returns how much was written */
export function saveState(
	{ store, audit }: Pick<EmulatorContext, 'store' | 'audit'>,
	file: string,
): { file: string; customers: number; auditRecords: number } {
	const { customers } = store.state;
	const auditRecords = audit.records;
	writeJsonFile(file, { ...store.state, auditRecords });
	return { file, customers: customers.length, auditRecords: auditRecords.length };
}

/** Replaces what the emulator knows. @throws JsonFileError also when there is no file */
export function loadState(
	{ store, audit }: Pick<EmulatorContext, 'store' | 'audit'>,
	file: string,
): { file: string; customers: number; auditRecords: number } {
	const saved = readStateFile(file);
	if (saved === undefined) throw new JsonFileError(`${file}: does not exist yet`);
	store.seed(seedOf(saved));
	audit.clear();
	for (const record of saved.auditRecords) audit.add(record);
	return { file, customers: saved.customers.length, auditRecords: saved.auditRecords.length };
}

/** What the store keeps of a file; the audit records are kept elsewhere. */
export function seedOf(saved: SavedState): EmulatorStateInput {
	const { customers, templates, indirectResellers, partnerAgreementSigned } = saved;
	return { customers, templates, indirectResellers, partnerAgreementSigned };
}
