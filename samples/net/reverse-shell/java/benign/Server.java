package q.server;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

/** A language server that starts its checker once, and answers clients itself. */
final class Server {
    public static void main(String[] args) throws Exception {
        Process checker = new ProcessBuilder("checker", "--stdio").start();
        try (ServerSocket listener = new ServerSocket(0)) {
            while (true) {
                Socket client = listener.accept();
                answer(checker, client.getInputStream(), client.getOutputStream());
            }
        }
    }

    static void answer(Process checker, InputStream in, OutputStream out) throws Exception {
        out.write(checker.isAlive() ? 1 : 0);
    }
}
