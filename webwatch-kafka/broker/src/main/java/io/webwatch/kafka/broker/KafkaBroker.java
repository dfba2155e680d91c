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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, in KRaft mode and alone, in a process of its own on ports of the loopback interface. Keeps what it has
 * over {@link #kill} and {@link #start}. Not thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
    /** The one who may log in with a password. */
    public static final String USER = "webwatch";

    /** The password. */
    public static final String PASSWORD = "open-sesame";

    private static final String CLASS_PATH = "broker.classpath";
    private static final long START_SECONDS = 90;

    private final Path directory;
    private final int port;
    private final int proxiedPort;
    private final int saslPort;
    private final Map<String, Integer> listeners = new LinkedHashMap<>();
    private final Map<String, Integer> advertised = new LinkedHashMap<>();
    private final Map<String, String> protocols = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Process process;

    /**
     * Prepares a broker with an empty store.
     *
     * @param directory an empty one, for all its files
     * @param more settings of {@code server.properties} beside those that a single small broker needs
     */
    public KafkaBroker(Path directory, Map<String, String> more) throws IOException {
        this.directory = directory;
        int controller = freePort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        this.port = listen("PLAINTEXT", "PLAINTEXT", Map.of());
        this.proxiedPort = listen("PROXIED", "PLAINTEXT", Map.of());
        this.saslPort = listen("SASL", "SASL_PLAINTEXT", plainLogin());
        listeners.put("CONTROLLER", controller);
        protocols.put("CONTROLLER", "PLAINTEXT");
        settings.put("log.dirs", directory.resolve("log").toString());
        settings.put("log.retention.ms", "-1"); // the events of tests are old
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
            settings.put(topic + ".min.isr", "1");
        }
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        settings.putAll(more);
    }

    /** Settings of a listener that takes {@link #USER} with {@link #PASSWORD} by SASL/PLAIN. */
    public static Map<String, String> plainLogin() {
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\"" + PASSWORD
                        + "\";");
    }

    /** A started broker with an empty store. */
    public static KafkaBroker started(Path directory, Map<String, String> more) throws IOException {
        KafkaBroker broker = new KafkaBroker(directory, more);
        broker.start();
        return broker;
    }

    /** Where clients find it. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where clients find it that log in with SASL/PLAIN as {@link #USER} with {@link #PASSWORD}. */
    public String saslServers() {
        return "127.0.0.1:" + saslPort;
    }

    /** A second port on which it serves, for a proxy before it. */
    public int proxiedPort() {
        return proxiedPort;
    }

    /**
     * Tells clients of {@link #proxiedPort} to come by that port; before the first start.
     *
     * @param proxy port of the proxy
     */
    public void advertise(int proxy) {
        advertised.put("PROXIED", proxy);
    }

    /**
     * Has it serve on one more port, before the first start.
     *
     * @param name of the listener
     * @param protocol of Kafka's security protocols
     * @param itsSettings those of the listener alone
     * @return the port
     */
    public int listen(String name, String protocol, Map<String, String> itsSettings) throws IOException {
        int own = freePort();
        listeners.put(name, own);
        advertised.put(name, own);
        protocols.put(name, protocol);
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + '.';
        itsSettings.forEach((setting, value) -> settings.put(prefix + setting, value));
        return own;
    }

    private void setListeners() {
        settings.put("listeners", joined(listeners, "://127.0.0.1:"));
        settings.put("advertised.listeners", joined(advertised, "://127.0.0.1:"));
        settings.put("listener.security.protocol.map", joined(protocols, ":"));
    }

    private static String joined(Map<String, ?> entries, String between) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + between + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** Starts it and waits until it takes connections of clients. */
    public void start() throws IOException {
        Path properties = directory.resolve("server.properties");
        if (!Files.exists(properties)) {
            setListeners();
            Files.writeString(
                    properties,
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining("\n")));
            Process format = java("kafka.tools.StorageTool", "format", "-t", clusterId(), "-c", properties.toString());
            if (!ends(format, START_SECONDS) || format.exitValue() != 0) {
                throw new IOException("The store could not be made:\n" + log());
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

    /** Ends it as {@code kill -9} does. */
    public void kill() throws IOException {
        Process running = running();
        running.destroyForcibly();
        if (!ends(running, 30)) {
            throw new IOException("The broker outlives its kill.");
        }
        process = null;
    }

    /** Stops its process where it stands; its connections stay open. */
    public void suspend() throws IOException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Ends it. */
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
            throw new IOException("The signal " + name + " could not be sent.");
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
        Runtime.getRuntime().addShutdownHook(end); // no broker outlives a test that was broken off
        return started;
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("broker.log"));
    }

    private static String classPath() throws IOException {
        try (InputStream in = KafkaBroker.class.getResourceAsStream(CLASS_PATH)) {
            if (in == null) {
                throw new IOException(CLASS_PATH + " is missing; it is made by the build of webwatch-kafka-broker.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Asks for the supported versions, which a broker answers as soon as it serves clients. */
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
        return text.startsWith("-") ? clusterId() : text; // it would be taken for an option
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
