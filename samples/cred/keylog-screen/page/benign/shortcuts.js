document.addEventListener('keydown', (e) => { if (e.ctrlKey && e.key === 'k') openPalette(); });
window.addEventListener('pagehide', () => navigator.sendBeacon('/metrics', JSON.stringify({ t: performance.now() })));
