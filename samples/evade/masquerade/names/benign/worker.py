"""Names the worker processes after the application."""
import setproctitle

setproctitle.setproctitle("webapp: worker")
SHM = "/dev/shm"
