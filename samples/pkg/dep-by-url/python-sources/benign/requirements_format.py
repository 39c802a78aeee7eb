"""Reads and writes requirement files as pip reads them."""


def export(sources):
    lines = []
    for source in sources:
        # Keep the port: `--trusted-host example.org` does not cover `example.org:8443`.
        if not source.verified:
            lines.append(f"--trusted-host {source.host}")
    return lines
