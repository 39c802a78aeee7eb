/* packed = function(p,a,c,k,e,d) */
export function pack(p, a, c) { return [p, a, c]; }
