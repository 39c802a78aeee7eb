"""Opens a session folder the user names."""
import argparse

p = argparse.ArgumentParser()
p.add_argument("tdata", help="path of the session folder to convert")
args = p.parse_args()
print("would read", args.tdata)
