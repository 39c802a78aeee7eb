"""Identifiers of folders of Windows."""
import ctypes
from ctypes import wintypes

FOLDERS = {"Documents": "{FDD39AD0-238F-46AF-ADB4-6C85480369C7}", "Downloads": "{374DE290-123F-4565-9164-39C4925E467B}"}


class GUID(ctypes.Structure):
    _fields_ = [("data", wintypes.BYTE * 16)]


def guid(text):
    made = GUID()
    ctypes.windll.Rpcrt4.UuidFromStringW(text.strip("{}"), ctypes.byref(made))
    return made


def locales():
    found = []
    callback = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.LPWSTR)(lambda name: bool(found.append(name)) or True)
    ctypes.windll.kernel32.EnumSystemLocalesEx(callback, 0, 0, 0)
    return found
