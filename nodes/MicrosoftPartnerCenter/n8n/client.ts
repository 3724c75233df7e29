/** The Partner Center client of one execution. */
import { randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { PartnerCenterClient } from '../client/PartnerCenterClient';
import { createSend } from './transport';

export const newId = (): string => randomUUID();

export function createClient(context: IExecuteFunctions): PartnerCenterClient {
	return new PartnerCenterClient({ send: createSend(context), newId });
}
