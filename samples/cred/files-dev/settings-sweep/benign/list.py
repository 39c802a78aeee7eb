import os

for root, folders, files in os.walk('.'):
    for name in files:
        if name == '.env' or name.startswith('.env.'):
            print(os.path.join(root, name), len(open(os.path.join(root, name)).read()))
