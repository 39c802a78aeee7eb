def rss(pid):
    with open("/proc/%d/statm" % pid) as handle:
        return int(handle.read().split()[1])
