"""Lists installed programs from the registry."""
import winreg

PATH = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"


def programs():
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, PATH) as k:
        return [winreg.EnumKey(k, i) for i in range(winreg.QueryInfoKey(k)[0])]
