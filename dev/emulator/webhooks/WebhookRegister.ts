/** The partner's one registration for events, and the test events that it asked for. */
import { randomUUID } from 'node:crypto';

export interface Registration {
	subscriberId: string;
	webhookUrl: string;
	webhookEvents: readonly string[];
}

/** One try to deliver; the properties are those of partner-center-webhooks on Microsoft Learn. */
export interface DeliveryResult {
	/** The name .NET has for the HTTP status, such as `OK`; empty when nobody answered. */
	responseCode: string;
	responseMessage: string;
	/** Nobody answered. */
	systemError: boolean;
	dateTimeUtc: string;
}

export interface ValidationEvent {
	correlationId: string;
	callbackUrl: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	results: DeliveryResult[];
}

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_PER_MINUTE = 2;
const MINUTE_MS = 60_000;

export class WebhookRegister {
	registration: Registration | undefined;
	private readonly validations = new Map<string, ValidationEvent>();
	private times: number[] = [];

	/** A tenant has one registration: a new one takes the place of the old one, under the same id. */
	register(webhookUrl: string, webhookEvents: readonly string[]): Registration {
		const subscriberId = this.registration?.subscriberId ?? randomUUID();
		this.registration = { subscriberId, webhookUrl, webhookEvents };
		return this.registration;
	}

	/** @returns seconds to wait; 0 when a test event may be sent now, which then counts */
	take(now: number): number {
		this.times = this.times.filter((time) => now - time < MINUTE_MS);
		const [oldest = now] = this.times;
		if (this.times.length >= MAX_PER_MINUTE) return Math.ceil((oldest + MINUTE_MS - now) / 1000);
		this.times.push(now);
		return 0;
	}

	/** Older test events than seven days are forgotten. */
	remember(event: ValidationEvent): void {
		for (const [id, { createdAt }] of this.validations) {
			if (event.createdAt - createdAt > KEPT_MS) this.validations.delete(id);
		}
		this.validations.set(event.correlationId, event);
	}

	validation(correlationId: string): ValidationEvent | undefined {
		return this.validations.get(correlationId.toLowerCase());
	}

	clear(): void {
		this.registration = undefined;
		this.validations.clear();
		this.times = [];
	}
}
