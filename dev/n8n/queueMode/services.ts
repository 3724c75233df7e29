/** Redis and PostgreSQL for n8n's queue mode: started here, or the ones that two variables name. */
import { findOrInstall, type Binaries } from './debian';
import { startPostgres, usePostgres, type Database } from './postgres';
import { startRedis, useRedis, type Redis } from './redis';

export interface Services {
	redis: Redis;
	database: Database;
}

/**
 * The programs that have to be started here, installed where they are absent: so that a long run need
 * not find out late that they can't be had.
 *
 * @throws Error that says what to install, where it can't be installed here
 */
export function findServices(progress: (line: string) => void): Partial<Binaries> {
	const { QUEUE_REDIS_URL: redisUrl, QUEUE_DATABASE_URL: databaseUrl } = process.env;
	return findOrInstall(
		[
			...(redisUrl === undefined ? (['redisServer'] as const) : []),
			...(databaseUrl === undefined ? (['postgres'] as const) : []),
		],
		progress,
	);
}

/**
 * QUEUE_REDIS_URL and QUEUE_DATABASE_URL name servers to use; what they do not name is started, from
 * Debian's packages.
 *
 * @param onStarted gets each one's end, so that a caller who is interrupted ends what there is
 * @throws Error that says what to install, where it can't be installed here
 */
export async function openServices(
	progress: (line: string) => void,
	onStarted: (stop: () => Promise<void>) => void,
): Promise<Services> {
	const { QUEUE_REDIS_URL: redisUrl, QUEUE_DATABASE_URL: databaseUrl } = process.env;
	const found = findServices(progress);
	const redis =
		redisUrl === undefined ? await startRedis(needed(found.redisServer)) : await useRedis(redisUrl);
	onStarted(() => redis.stop());
	const database =
		databaseUrl === undefined
			? await startPostgres(needed(found.postgres))
			: await usePostgres(databaseUrl);
	onStarted(() => database.stop());
	return { redis, database };
}

function needed(binary: string | undefined): string {
	if (binary === undefined) throw new Error('Redis and PostgreSQL are not there');
	return binary;
}
