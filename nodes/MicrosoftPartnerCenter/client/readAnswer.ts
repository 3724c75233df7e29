/** What came back: a success that is what was asked for, a refusal with its code and text, or neither. */
import type { z } from 'zod';

import { refusalIn } from './errorBody';
import { isAlreadyConfirmed, readErrorFacts } from './errors';
import type { HttpResponse } from './http';
import { isWebPage, readJson, type BodyFault, type ReadJson } from './json';
import type { RequestSpec } from './requestSpec';
import type { Attempt } from './retry';

function isSuccess(response: HttpResponse): boolean {
	return response.status >= 200 && response.status < 300;
}

/**
 * Reads an answer tolerantly. It never throws: a body that can't be read, such as one that is nested
 * too deep, is an answer all the same, and a write that got one may have been carried out.
 */
export function readAnswer(response: HttpResponse, spec: RequestSpec<z.ZodTypeAny>): Attempt {
	try {
		return readUnguarded(response, spec);
	} catch {
		return { kind: 'unreadable', response, fault: { is: 'tooDeep' } };
	}
}

/** What an answer says, by its status and its body. */
function readUnguarded(response: HttpResponse, spec: RequestSpec<z.ZodTypeAny>): Attempt {
	const { schema, expected, anyBody = false } = spec;
	const isChecked = spec.differenceOf !== undefined;
	const read = readBody(response, anyBody);
	if (!isSuccess(response)) {
		// A refusal that was cut off may have been 600061.
		const isRefusal = response.status >= 400 && response.status < 500;
		if (isRefusal && !read.ok && read.cutOff === true) {
			return { kind: 'unreadable', response, fault: read.fault };
		}
		// Any other refusal is clear from its status, also without a body that can be read.
		const body = read.ok ? read.value : undefined;
		return { kind: 'answered', response, body, facts: readErrorFacts(response, body) };
	}
	const isOddSuccess = isChecked && ![200, 201].includes(response.status);
	const oddStatus: BodyFault = { is: 'oddStatus', status: response.status };
	if (!read.ok) {
		if (isOddSuccess) return unverifiedAttempt(response, oddStatus);
		return { kind: 'unreadable', response, fault: read.fault };
	}
	const facts = readErrorFacts(response, read.value);
	// 600061 in a success means "already exists", unless the body is the agreement that was sent. In the
	// other order, a recorded confirmation would be reported as a duplicate.
	const alreadyExists = isAlreadyConfirmed(facts);
	if (anyBody && alreadyExists) return { kind: 'answered', response, body: read.value, facts };
	const status = anyBody ? refusalIn(read.value) : undefined;
	if (status !== undefined) {
		const refusal = { ...response, status };
		const said = readErrorFacts(refusal, read.value);
		return { kind: 'answered', response: refusal, body: read.value, facts: said };
	}
	if (isOddSuccess && !alreadyExists) return unverifiedAttempt(response, oddStatus);
	const parsed = schema.safeParse(read.value);
	if (parsed.success) {
		const difference = spec.differenceOf?.(parsed.data);
		if (difference === undefined) return { kind: 'answered', response, body: parsed.data };
		return unverifiedAttempt(response, { is: 'different', property: difference });
	}
	if (alreadyExists) return { kind: 'answered', response, body: read.value, facts };
	const at = parsed.error.issues[0]?.path.join('.') ?? '';
	const fault: BodyFault = { is: 'notExpected', expected, at };
	return { kind: 'unreadable', response, fault, isUnverified: isChecked };
}

function unverifiedAttempt(response: HttpResponse, fault: BodyFault): Attempt {
	return { kind: 'unreadable', response, fault, isUnverified: true };
}

/** Where a success may have any body, nothing and plain text are answers too; web pages never are. */
function readBody(response: HttpResponse, anyBody: boolean): ReadJson {
	const read = readJson(response.body);
	if (read.ok || !anyBody || !isSuccess(response) || read.cutOff === true) return read;
	const text = String(response.body ?? '').trim();
	return isWebPage(text) ? read : { ok: true, value: text === '' ? undefined : text };
}
