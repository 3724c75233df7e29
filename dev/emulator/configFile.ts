/** `--config file.json`: customers, switches and faults that the emulator starts with. */
import { z } from 'zod';
import { faultsSchema } from './faults/faultSchema';
import { readJsonFile } from './jsonFile';
import { sampleState } from './sampleCustomers';
import { indirectResellerSchema, seedCustomerSchema } from './state';
import { partialSwitchesSchema } from './switches';
import { templateSchema } from './templates';

const configSchema = z
	.object({
		/** Default: the sample customers. */
		customers: z.array(seedCustomerSchema).optional(),
		/** Default: the two templates of Microsoft's documentation. */
		templates: z.array(templateSchema).optional(),
		indirectResellers: z.array(indirectResellerSchema).optional(),
		/** Whether the partner signed the Microsoft Partner Agreement. */
		partnerAgreementSigned: z.boolean().optional(),
		switches: partialSwitchesSchema.optional(),
		faults: faultsSchema.optional(),
	})
	.strict()
	.transform(({ switches, faults, ...state }) => ({
		switches,
		faults,
		state: { ...sampleState, ...state, customers: state.customers ?? sampleState.customers },
	}));

export type EmulatorConfig = z.output<typeof configSchema>;

/** @throws JsonFileError */
export function readConfigFile(file: string): EmulatorConfig {
	return readJsonFile(file, configSchema);
}
