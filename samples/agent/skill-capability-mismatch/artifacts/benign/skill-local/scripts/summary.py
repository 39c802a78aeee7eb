import csv,sys,collections
rows=list(csv.DictReader(open(sys.argv[1])))
print(len(rows),'rows')
for k in rows[0]: print(k,collections.Counter(r[k] for r in rows).most_common(3))
