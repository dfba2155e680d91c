package io.webwatch.test.sink;

import io.webwatch.runtime.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A port of the loopback interface that forwards to a real server and simulates failures. {@link #refuse} resets all
 * connections and accepts no new ones, {@link #freeze} keeps them open but forwards nothing, {@link #resetAfter} resets a
 * connection while it transfers data. Thread-safe.
 */
public final class TcpProxy implements Peer, AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final InetSocketAddress target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object state = new Object();
    private @Nullable ServerSocket server; // guarded by state
    private boolean frozen; // guarded by state
    private boolean closed; // guarded by state
    private long untilReset = Long.MAX_VALUE; // guarded by state
    private int resets; // guarded by state

    /**
     * Listens on a free port.
     *
     * @param targetPort port of the real server on the loopback interface
     */
    public TcpProxy(int targetPort) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        this.port = listen(0);
    }

    /** Returns the port for clients, which does not change. */
    public int port() {
        return port;
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        synchronized (state) {
            server = socket;
        }
        thread("accept", () -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                sockets.add(client);
                thread("connect", () -> connect(client));
            }
        } catch (IOException closed) {
            return; // refused or closed
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        sockets.add(upstream);
        try {
            pass();
            upstream.connect(target);
            thread("back", () -> forward(upstream, client, false));
            forward(client, upstream, true);
        } catch (IOException | InterruptedException e) {
            reset(client);
            reset(upstream);
        }
    }

    private void forward(Socket from, Socket to, boolean toServer) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass();
                int allowed = toServer ? allowed(read) : read;
                to.getOutputStream().write(buffer, 0, allowed);
                if (allowed < read) {
                    throw new IOException("reset as requested");
                }
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            reset(from);
            reset(to);
        }
    }

    /** Blocks while frozen. */
    private void pass() throws InterruptedException {
        synchronized (state) {
            while (frozen && !closed) {
                state.wait();
            }
        }
    }

    private int allowed(int bytes) {
        synchronized (state) {
            if (untilReset == Long.MAX_VALUE) {
                return bytes;
            }
            int allowed = (int) Math.min(bytes, untilReset);
            if (allowed < bytes) {
                untilReset = Long.MAX_VALUE;
                resets++;
            } else {
                untilReset -= allowed;
            }
            return allowed;
        }
    }

    /** Resets, once, the connection that transfers more than the given number of further bytes to the server. */
    public void resetAfter(long bytes) {
        synchronized (state) {
            untilReset = bytes;
        }
    }

    /** Returns how many connections were reset because of {@link #resetAfter}. */
    public int resets() {
        synchronized (state) {
            return resets;
        }
    }

    @Override
    public void refuse() {
        synchronized (state) {
            closeServer();
            frozen = false;
            state.notifyAll();
        }
        sockets.forEach(TcpProxy::reset);
        sockets.clear();
    }

    @Override
    public void freeze() {
        synchronized (state) {
            frozen = true;
        }
    }

    @Override
    public void restore() {
        boolean listening;
        synchronized (state) {
            frozen = false;
            untilReset = Long.MAX_VALUE;
            state.notifyAll();
            listening = server != null || closed;
        }
        if (!listening) {
            try {
                listen(port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            closed = true;
        }
        refuse();
    }

    private void closeServer() {
        ServerSocket current = server;
        server = null;
        if (current != null) {
            closeQuietly(current);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // already closed
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // nothing else can be done
        }
    }

    private static void thread(String what, Runnable task) {
        DaemonThreads.create("tcp-proxy-" + what, task).start();
    }
}
