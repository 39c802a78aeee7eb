import argparse
import socket


def forward(source, target):
    while True:
        data = source.recv(4096)
        if not data:
            return
        target.sendall(data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    args = parser.parse_args()
    server = socket.create_server(("127.0.0.1", 9000))
    client, _ = server.accept()
    forward(client, socket.create_connection((args.host, args.port)))


if __name__ == "__main__":
    main()
