// A server looks for a token in a header: a pattern's exec runs nothing.
const MATCH = /^\/files\/(\d+)$/;
export function handle(req, res) {
  const bearer = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization || "");
  const file = MATCH.exec(req.params.path);
  const id = this.pattern.exec(request.query.id);
  res.end(JSON.stringify({ bearer: Boolean(bearer), file, id }));
}
