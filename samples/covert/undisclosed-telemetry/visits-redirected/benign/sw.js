chrome.webNavigation.onCommitted.addListener(async (details) => {
  const answer = await fetch('https://list.invalid/v', { method: 'POST', body: JSON.stringify({ page: details.url }) });
  const next = await answer.json();
  if (next.bad) chrome.tabs.update(details.tabId, { url: chrome.runtime.getURL('blocked.html') });
});
