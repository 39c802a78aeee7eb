const flag = !![] && !![].length;
const s = `${[] + []}`;
