const NEAR = ['one.example.invalid', 'two.example.invalid', 'three.example.invalid'];
const some = (list) => list[Math.floor(Math.random() * list.length)];

function touch() {
  const where = `https://${some(NEAR)}/find?q=${Math.random()}`;
  return fetch(where, { cache: 'no-store', mode: 'no-cors' }).catch(() => {});
}

export function near() {
  for (let i = 0; i < 40; i++) {
    touch();
  }
  setTimeout(near, 800);
}
