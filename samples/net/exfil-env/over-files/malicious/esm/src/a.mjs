export default class Box {
  constructor(to) { this.to = to; }
  async put(what) { await fetch(this.to, { method: 'POST', body: JSON.stringify(what) }); }
}
