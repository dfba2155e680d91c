package io.webwatch.influxdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.awaitility.Awaitility;

/** Free ports of this machine. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void awaitOpen(int port, ForkedServer server) {
        Awaitility.await(server + " listens")
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> {
                    server.requireAlive();
                    return isOpen(port);
                });
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
