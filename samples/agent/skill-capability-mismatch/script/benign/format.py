"""Read-only formatter, works offline."""
import sys
for name in sys.argv[1:]:
    text = open(name).read()
    print(name, len(text.splitlines()), "lines")
