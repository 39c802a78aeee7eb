def on_cloud(vendor_file="/sys/class/dmi/id/sys_vendor"):
    text = open(vendor_file).read()
    return "Amazon" in text or "Google" in text
