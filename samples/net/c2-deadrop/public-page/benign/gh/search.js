export const search = (q) => fetch(`https://api.github.com/search/commits?q=${q}`).then((r) => r.json());
