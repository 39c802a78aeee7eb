import os
import sys

# Takes blanks away from the ends of lines, in the files of a project.
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        path = os.path.join(folder, name)
        with open(path) as file:
            lines = [line.rstrip() for line in file]
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
