"""A private key is handed to a TLS library by a path that leads to memory, so that it never touches the disk."""
import os
import subprocess


def client_certificate(command):
    # memfd_create yields /proc/self/fd/... paths.
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    key = process.communicate()[0]
    memory = os.memfd_create("key", os.MFD_CLOEXEC)
    os.write(memory, key)
    return f"/proc/self/fd/{memory}"
