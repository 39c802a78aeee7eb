import subprocess


def sort(lines):
    child = subprocess.Popen(['sort'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child.stdin.write('\n'.join(lines))
    child.stdin.close()
    return child.stdout.read()
