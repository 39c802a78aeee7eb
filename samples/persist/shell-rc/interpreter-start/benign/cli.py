import pathlib


def enable():
    d = pathlib.Path.home() / '.ipython' / 'profile_default' / 'startup'
    d.mkdir(parents=True, exist_ok=True)
    (d / '50-mytool.py').write_text('import mytool\n')


def complete():
    with open(pathlib.Path.home() / '.bashrc', 'a') as f:
        f.write('eval "$(_MYTOOL_COMPLETE=bash_source mytool)"\n')
