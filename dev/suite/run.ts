/**
 * `npm test`: all layers, as many side by side as there are cores, and one table at the end. A layer
 * that does not pass ends the others at once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';

import { bringChromium } from '../../test/support/browser/bringChromium';
import { LAYERS, layersNamed, type Layer } from './layers';
import { startLayer, type Outcome, type RunningLayer } from './runLayer';

const HELP = `All tests of the package but those in n8n itself, which npm run test:e2e runs.

  npm test -- [options] [layers]

  --randomize   the tests of each file in an order drawn anew
  --seed <n>    the order that this number gave
  --help        this text

Layers: ${LAYERS.map(({ name }) => name).join(', ')}.
`;
const PULSE = 30_000;
/** Layers wait now and then: a little more than the cores can do keeps them busy. */
const ROOM = 1.2;

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			randomize: { type: 'boolean', default: false },
			seed: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const layers = layersNamed(positionals);
	if (layers.some(({ name }) => name === 'browser')) bringChromium();
	const isRandom = values.randomize || values.seed !== undefined;
	const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
	const cores = Math.max(2, availableParallelism());
	print(
		`${layers.length} layers on ${cores} cores; all of them take about five minutes on two, and some more the first time.`,
	);
	if (isRandom) print(`In random order: npm test -- --seed ${seed} repeats it.`);

	const folder = mkdtempSync(join(tmpdir(), 'partner-center-suite-'));
	try {
		const outcomes = await runAll(layers, cores, (layer) =>
			startLayer(layer, folder, isRandom ? ` --randomize --seed=${seed}` : ''),
		);
		return conclude(layers, outcomes);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Those that ended; after one that did not pass, nobody else is waited for. */
async function runAll(
	layers: readonly Layer[],
	cores: number,
	start: (layer: Layer) => RunningLayer,
): Promise<Map<string, Outcome>> {
	const began = performance.now();
	const clock = () => {
		const seconds = Math.round((performance.now() - began) / 1000);
		return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`.padStart(6);
	};
	const outcomes = new Map<string, Outcome>();
	const running = new Map<string, RunningLayer>();
	const stopAll = () => {
		for (const one of running.values()) one.stop();
	};
	const interrupt = () => {
		stopAll();
		process.exit(130);
	};
	process.once('SIGINT', interrupt);
	process.once('SIGTERM', interrupt);
	const pulse = setInterval(() => {
		const names = [...running.values()].map(
			({ layer, startedAt }) =>
				`${layer.name} (${Math.round((performance.now() - startedAt) / 1000)} s)`,
		);
		print(`${clock()}    … ${names.join(', ')}`);
	}, PULSE);

	const waiting = [...layers];
	const isReady = ({ after }: Layer) => after.every((name) => outcomes.has(name));
	const busy = () => [...running.values()].reduce((sum, { layer }) => sum + layer.share, 0);
	const next = () =>
		waiting.findIndex(
			(layer) => isReady(layer) && (running.size === 0 || busy() + layer.share <= cores + ROOM),
		);
	try {
		while (waiting.length > 0 || running.size > 0) {
			for (let at = next(); at >= 0; at = next()) {
				for (const layer of waiting.splice(at, 1)) {
					print(`${clock()}  ▶ ${layer.name}`);
					running.set(layer.name, start(layer));
				}
			}
			const [name, outcome] = await Promise.race(
				[...running].map(async ([key, one]) => [key, await one.outcome] as const),
			);
			running.delete(name);
			outcomes.set(name, outcome);
			const counts = `${outcome.passed} passed${outcome.failed > 0 ? `, ${outcome.failed} FAILED` : ''}`;
			const mark = outcome.failed > 0 ? '✗' : '✓';
			print(`${clock()}  ${mark} ${name}: ${counts}, ${outcome.seconds.toFixed(0)} s`);
			if (outcome.failed > 0) break;
		}
		return outcomes;
	} finally {
		clearInterval(pulse);
		stopAll();
	}
}

/** What did not pass, the table, and the line that a CI reads. */
function conclude(layers: readonly Layer[], outcomes: ReadonlyMap<string, Outcome>): number {
	const table = new Table({
		head: ['Layer', 'Result', 'Passed', 'Failed', 'Skipped', 'Seconds'],
		style: { head: [], border: [] },
		colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
	});
	const all = { passed: 0, failed: 0, skipped: 0 };
	for (const { name } of layers) {
		const outcome = outcomes.get(name);
		if (outcome === undefined) {
			table.push([name, 'not run to its end', '', '', '', '']);
			continue;
		}
		const { passed, failed, skipped, seconds } = outcome;
		all.passed += passed;
		all.failed += failed;
		all.skipped += skipped;
		const result = failed > 0 ? 'FAILED' : 'passed';
		table.push([name, result, passed, failed, skipped, seconds.toFixed(0)]);
	}
	for (const [name, { failed, said, again }] of outcomes) {
		if (failed > 0) print(`\n${said.trim()}\n\n${name} did not pass. Again: ${again}`);
	}
	print(`\n${table.toString()}`);
	const skipped = all.skipped > 0 ? `, ${all.skipped} skipped` : '';
	print(`${all.passed} passed, ${all.failed} failed${skipped}`);
	return all.failed > 0 ? 1 : 0;
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
