import pyautogui


def save(path):
    pyautogui.screenshot().save(path)
