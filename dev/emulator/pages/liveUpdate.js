/**
 * Keeps the overview up to date in the browser: fetches the page again and changes what is
 * different, in place. So the focus, the selection, the place one has scrolled to and what one is
 * typing stay; and a button pauses it. Without scripts, the page's <noscript> refreshes it instead.
 */
/* global document, location, fetch, DOMParser, AbortSignal, setInterval */
(() => {
	'use strict';
	const EVERY_MS = 3000;
	const GIVE_UP_MS = 10000;
	const ELEMENT = 1;

	const status = document.getElementById('live-status');
	const button = document.getElementById('live-pause');
	let paused = false;
	let underWay = false;

	const say = (text) => {
		// Only a change is announced by a screen reader.
		if (status.textContent !== text) status.textContent = text;
	};
	const running = `Updates every ${EVERY_MS / 1000} seconds`;

	async function update() {
		if (paused || underWay || document.hidden) return;
		underWay = true;
		try {
			const answer = await fetch(location.href, {
				cache: 'no-store',
				signal: AbortSignal.timeout(GIVE_UP_MS),
			});
			if (!answer.ok) throw new Error(String(answer.status));
			const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
			if (paused) return;
			sync(document.querySelector('main'), next.querySelector('main'));
			say(running);
		} catch {
			if (!paused) say('The emulator does not answer; trying again');
		} finally {
			underWay = false;
		}
	}

	/** Makes `old` equal to `fresh`, and keeps every node that is still needed where it is. */
	function sync(old, fresh) {
		if (old.nodeType !== ELEMENT) {
			if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
			return;
		}
		for (const { name } of [...old.attributes]) {
			// `open` is what a person did.
			if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
		}
		for (const { name, value } of fresh.attributes) {
			if (old.getAttribute(name) !== value && name !== 'open') old.setAttribute(name, value);
		}
		syncChildren(old, fresh);
	}

	function syncChildren(old, fresh) {
		const wanted = new Set([...fresh.childNodes].map(keyOf));
		const known = new Map([...old.childNodes].map((node) => [keyOf(node), node]));
		let at = old.firstChild;
		for (const next of [...fresh.childNodes]) {
			// What is gone leaves first, so that what stays does not have to move.
			while (at !== null && !wanted.has(keyOf(at))) at = removeAndStep(at);
			if (at !== null && at.nodeName === next.nodeName && keyOf(at) === keyOf(next)) {
				sync(at, next);
				at = at.nextSibling;
				continue;
			}
			const key = keyOf(next);
			const moved = key === '' ? undefined : known.get(key);
			if (moved === undefined) {
				const added = document.importNode(next, true);
				if (key !== '') added.setAttribute('data-new', '');
				old.insertBefore(added, at);
			} else {
				old.insertBefore(moved, at);
				sync(moved, next);
			}
		}
		while (at !== null) at = removeAndStep(at);
	}

	function keyOf(node) {
		return node.nodeType === ELEMENT ? (node.getAttribute('data-key') ?? '') : '';
	}

	function removeAndStep(node) {
		const next = node.nextSibling;
		node.remove();
		return next;
	}

	button.addEventListener('click', () => {
		paused = !paused;
		button.textContent = paused ? 'Resume updates' : 'Pause updates';
		const now = new Date().toTimeString().slice(0, 8);
		say(paused ? `Paused at ${now}` : running);
		void update();
	});
	document.addEventListener('visibilitychange', () => void update());
	button.hidden = false;
	say(running);
	setInterval(() => void update(), EVERY_MS);
})();
