"""Prints the line a user should add to the shell start-up file."""
import os


def hint(bin_dir):
    shell = os.path.basename(os.environ.get("SHELL", "bash"))
    rc = {"zsh": "~/.zshrc", "bash": "~/.bashrc"}.get(shell, "~/.profile")
    print(f'Add this to {rc}:\n  export PATH="{bin_dir}:$PATH"')
