document.querySelectorAll('a[href*="amazon."]').forEach((a) => { const u = new URL(a.href); u.searchParams.set('tag', 'myblog-20'); a.href = u; });
