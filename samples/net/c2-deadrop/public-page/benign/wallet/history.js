export async function history(connection, address) {
  const list = await connection.getSignaturesForAddress(address, { limit: 20 });
  return list.map((s) => ({ id: s.signature, memo: s.memo, slot: s.slot }));
}
