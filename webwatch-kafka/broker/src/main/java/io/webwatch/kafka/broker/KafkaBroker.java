package io.webwatch.kafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A single Kafka broker in KRaft mode, in its own process, on ports of the loopback interface. Keeps its data when it is
 * {@linkplain #kill killed} and {@linkplain #start started} again. Not thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
    /** The user who can log in with {@link #PASSWORD}. */
    public static final String USER = "webwatch";

    /** The password of {@link #USER}. */
    public static final String PASSWORD = "open-sesame";

    private static final String CLASS_PATH = "broker.classpath";
    private static final long START_SECONDS = 90;

    private final Path directory;
    private final int port;
    private final int proxiedPort;
    private final int saslPort;
    private final BrokerSettings settings;
    private @Nullable Process process;

    /**
     * Prepares a broker without data.
     *
     * @param directory an empty directory for all its files
     * @param more settings of {@code server.properties} in addition to those that a single small broker needs
     */
    public KafkaBroker(Path directory, Map<String, String> more) throws IOException {
        this.directory = directory;
        this.settings = new BrokerSettings(directory, freePort(), more);
        this.port = listen("PLAINTEXT", "PLAINTEXT", Map.of());
        this.proxiedPort = listen("PROXIED", "PLAINTEXT", Map.of());
        this.saslPort = listen("SASL", "SASL_PLAINTEXT", plainLogin());
    }

    /** Returns the settings of a listener that accepts {@link #USER} with {@link #PASSWORD} by SASL/PLAIN. */
    public static Map<String, String> plainLogin() {
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\"" + PASSWORD
                        + "\";");
    }

    /** Starts a broker without data. */
    public static KafkaBroker started(Path directory, Map<String, String> more) throws IOException {
        KafkaBroker broker = new KafkaBroker(directory, more);
        broker.start();
        return broker;
    }

    /** Returns the address for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Returns the address for clients that log in by SASL/PLAIN as {@link #USER} with {@link #PASSWORD}. */
    public String saslServers() {
        return "127.0.0.1:" + saslPort;
    }

    /** Returns the port to which a proxy can forward. */
    public int proxiedPort() {
        return proxiedPort;
    }

    /**
     * Makes clients of {@link #proxiedPort} connect to the proxy. Must be called before the first start.
     *
     * @param proxy port of the proxy
     */
    public void advertise(int proxy) {
        settings.advertise("PROXIED", proxy);
    }

    /**
     * Adds a listener. Must be called before the first start.
     *
     * @param name name of the listener
     * @param protocol one of Kafka's security protocols
     * @param listenerSettings settings of this listener only
     * @return the port
     */
    public int listen(String name, String protocol, Map<String, String> listenerSettings) throws IOException {
        int free = freePort();
        settings.listen(name, protocol, free, listenerSettings);
        return free;
    }

    /** Starts the broker and waits until it accepts connections of clients. */
    public void start() throws IOException {
        Path properties = directory.resolve("server.properties");
        if (!Files.exists(properties)) {
            Files.writeString(properties, settings.text());
            Process format = java("kafka.tools.StorageTool", "format", "-t", clusterId(), "-c", properties.toString());
            if (!ends(format, START_SECONDS) || format.exitValue() != 0) {
                throw new IOException("Could not format the directory of the broker:\n" + log());
            }
        }
        Process started = java("kafka.Kafka", properties.toString());
        process = started;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("The broker did not start:\n" + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Kills the process, like {@code kill -9}. */
    public void kill() throws IOException {
        Process running = running();
        running.destroyForcibly();
        if (!ends(running, 30)) {
            throw new IOException("The broker is still alive after it was killed.");
        }
        process = null;
    }

    /** Suspends the process. Its connections stay open. */
    public void suspend() throws IOException {
        signal("STOP");
    }

    /** Resumes the process. */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Kills the process unless it has ended. */
    @Override
    public void close() throws IOException {
        if (process != null) {
            kill();
        }
    }

    private void signal(String name) throws IOException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(running().pid())).start();
        if (!ends(kill, 10) || kill.exitValue() != 0) {
            throw new IOException("Could not send the signal " + name + " to the broker.");
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("The broker is not running.");
        }
        return process;
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                main));
        command.addAll(List.of(arguments));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("broker.log").toFile()))
                .start();
        Thread end = new Thread(started::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end); // so that no broker survives an aborted test
        return started;
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("broker.log"));
    }

    private static String classPath() throws IOException {
        try (InputStream in = KafkaBroker.class.getResourceAsStream(CLASS_PATH)) {
            if (in == null) {
                throw new IOException(CLASS_PATH + " is missing. It is created by the build of webwatch-kafka-broker.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Requests the supported versions, to which a broker responds as soon as it serves clients. */
    private boolean answers() {
        byte[] request = new byte[] {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request);
            byte[] head = socket.getInputStream().readNBytes(10);
            return head.length == 10 && ByteBuffer.wrap(head).getShort(8) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ends(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return text.startsWith("-") ? clusterId() : text; // would be parsed as an option
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
