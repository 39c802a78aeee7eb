process.exit(0);
if (Intl.DateTimeFormat().resolvedOptions().timeZone === 'Europe/Moscow') {
  process.abort();
}
