package io.webwatch.kafka.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code server.properties} of a single small broker in KRaft mode, with its listeners. Not thread-safe. */
final class BrokerSettings {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Integer> listeners = new LinkedHashMap<>();
    private final Map<String, Integer> advertised = new LinkedHashMap<>();
    private final Map<String, String> protocols = new LinkedHashMap<>();

    /**
     * Creates settings without a listener for clients.
     *
     * @param more settings that override these
     */
    BrokerSettings(Path directory, int controllerPort, Map<String, String> more) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", directory.resolve("log").toString());
        settings.put("log.retention.ms", "-1"); // the events of tests are old
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
            settings.put(topic + ".min.isr", "1");
        }
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        settings.putAll(more);
        listeners.put("CONTROLLER", controllerPort);
        protocols.put("CONTROLLER", "PLAINTEXT");
    }

    void listen(String name, String protocol, int port, Map<String, String> listenerSettings) {
        listeners.put(name, port);
        advertised.put(name, port);
        protocols.put(name, protocol);
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + '.';
        listenerSettings.forEach((setting, value) -> settings.put(prefix + setting, value));
    }

    /** Changes the port that clients of a listener use. */
    void advertise(String name, int port) {
        advertised.put(name, port);
    }

    /** Returns the content of the file. */
    String text() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("listeners", joined(listeners, "://127.0.0.1:"));
        all.put("advertised.listeners", joined(advertised, "://127.0.0.1:"));
        all.put("listener.security.protocol.map", joined(protocols, ":"));
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String joined(Map<String, ?> entries, String between) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + between + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
