import sys
from pypdf import PdfReader
r=PdfReader(sys.argv[1])
print('fillable' if r.get_fields() else 'no fields')
