"""Reports the virtualisation type for the inventory."""
import pathlib
import os

VENDORS = {"QEMU": "kvm", "VMware, Inc.": "vmware", "innotek GmbH": "virtualbox"}


def virt():
    name = pathlib.Path("/sys/class/dmi/id/sys_vendor").read_text().strip()
    return {"virt": VENDORS.get(name, "physical"), "cpus": os.cpu_count(), "guest_agent": "vmtoolsd"}
