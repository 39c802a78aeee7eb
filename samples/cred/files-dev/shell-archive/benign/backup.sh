#!/bin/bash
# Local backup of dot files to an external disk.
set -e
tar czf "/media/backup/dotfiles-$(date +%F).tgz" "$HOME/.ssh" "$HOME/.config"
ls -l /media/backup
