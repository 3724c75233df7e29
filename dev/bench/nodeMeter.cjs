/**
 * Loaded into n8n with --require: what each node of the execution took, measured in n8n's own hooks
 * right before and after it. CPU time is that of the whole process (user + system, every thread),
 * which while a node runs does nothing else. Written to BENCH_METER when the process ends.
 *
 * With BENCH_LIVE, all garbage is collected every two seconds and at the end of each node, and what
 * is left is the live memory. Its highest figure says what an execution keeps; the process's own peak
 * says how much garbage was allowed to lie around as well.
 *
 * With BENCH_PROFILE, a CPU profile of each node named in BENCH_PROFILE_NODES is written there, the
 * node's name behind the path.
 */
const { writeFileSync } = require('node:fs');
const inspector = require('node:inspector');
const Module = require('node:module');
const { setInterval } = require('node:timers');
const v8 = require('node:v8');
const vm = require('node:vm');

const target = process.env.BENCH_METER;
const profileTarget = process.env.BENCH_PROFILE;
const profiled = (process.env.BENCH_PROFILE_NODES ?? '').split(',');

const COLLECT_EVERY_MS = 2_000;

const nodes = [];
let started;
let peakLiveBytes = 0;
let collect = () => undefined;

if (process.env.BENCH_LIVE !== undefined) {
	v8.setFlagsFromString('--expose-gc');
	const collectGarbage = vm.runInNewContext('gc');
	collect = () => {
		if (started === undefined) return;
		collectGarbage();
		const { heapUsed, external } = process.memoryUsage();
		peakLiveBytes = Math.max(peakLiveBytes, heapUsed + external);
	};
	setInterval(collect, COLLECT_EVERY_MS).unref();
}
let session;

function before(name) {
	if (profileTarget !== undefined && profiled.includes(name)) {
		session = new inspector.Session();
		session.connect();
		session.post('Profiler.enable');
		session.post('Profiler.setSamplingInterval', { interval: 500 });
		session.post('Profiler.start');
	}
	started = { cpu: process.cpuUsage(), wall: process.hrtime.bigint() };
}

function after(name, taskData) {
	const cpu = process.cpuUsage(started.cpu);
	const wall = Number(process.hrtime.bigint() - started.wall) / 1e6;
	if (session !== undefined) {
		session.post('Profiler.stop', (_error, { profile }) => {
			writeFileSync(`${profileTarget}.${name}`, JSON.stringify(profile));
		});
		session.disconnect();
		session = undefined;
	}
	nodes.push({
		name,
		executionTime: taskData.executionTime,
		wall,
		cpu: (cpu.user + cpu.system) / 1000,
		items: (taskData.data?.main ?? []).map((output) => output?.length ?? 0),
		failed: taskData.error?.message ?? null,
	});
	collect();
}

if (target !== undefined) {
	const load = Module._load;
	let isHooked = false;
	Module._load = function (request, ...others) {
		const loaded = load.call(this, request, ...others);
		if (!isHooked && request === 'n8n-core' && loaded.ExecutionLifecycleHooks !== undefined) {
			isHooked = true;
			const { prototype } = loaded.ExecutionLifecycleHooks;
			const { runHook } = prototype;
			prototype.runHook = async function (hook, parameters) {
				if (hook === 'nodeExecuteAfter') after(parameters[0], parameters[1]);
				await runHook.call(this, hook, parameters);
				if (hook === 'nodeExecuteBefore') before(parameters[0]);
			};
		}
		return loaded;
	};
	process.on('exit', () => {
		if (nodes.length === 0) return;
		const { maxRSS } = process.resourceUsage();
		writeFileSync(target, JSON.stringify({ nodes, peakBytes: maxRSS * 1024, peakLiveBytes }));
	});
}
