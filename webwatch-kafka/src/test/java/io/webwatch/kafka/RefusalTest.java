package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropReason;
import io.webwatch.event.EventType;
import io.webwatch.kafka.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A strict broker refuses events: permanently, so that these are rejected; or temporarily, so that none is lost. */
class RefusalTest {
    @TempDir
    static Path brokerDirectory;

    private static KafkaBroker broker;
    private static Admin admin;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.started(
                brokerDirectory,
                Map.of(
                        "auto.create.topics.enable", "false",
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found", "true"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws IOException {
        admin.close(Duration.ofSeconds(5));
        broker.close();
    }

    private RunningWebWatch start(String prefix, String... more) {
        Map<String, String> properties = new HashMap<>();
        properties.put("webwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("webwatch.kafka.topic-prefix", prefix);
        properties.put("webwatch.kafka.properties.max.block.ms", "500");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new RunningWebWatch(directory, properties);
    }

    private static void create(String topic, Map<String, String> settings) throws Exception {
        NewTopic created = new NewTopic(topic, 3, (short) 1).configs(settings);
        admin.createTopics(List.of(created)).all().get();
    }

    @Test
    void missingTopic_isWaitedFor() throws Exception {
        create("missing.sessions", Map.of());
        try (RunningWebWatch webWatch = start("missing.")) {
            webWatch.publish(100);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError())
                    .contains("The topic missing.custom does not exist")
                    .contains("webwatch.kafka.create-topics=true");

            create("missing.custom", Map.of());
            webWatch.awaitDelivered();

            Consumed out = Consumed.withPrefix(broker.bootstrapServers(), "missing.");
            webWatch.assertSame(out, Set.of(), "topic created later");
            RunningWebWatch.assertOrder(out);
            assertThat(webWatch.status().rejected()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forbiddenTopic_rejectsItsEventsOnly(boolean isVisible) throws Exception {
        String prefix = "forbidden-" + isVisible + ".";
        create(prefix + "custom", Map.of());
        create(prefix + "sessions", Map.of());
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, prefix + "custom", PatternType.LITERAL);
        admin.createAcls(List.of(
                        acl(topic, AclOperation.WRITE, AclPermissionType.DENY),
                        acl(topic, AclOperation.DESCRIBE, isVisible ? AclPermissionType.ALLOW : AclPermissionType.DENY),
                        acl(topic, AclOperation.READ, AclPermissionType.DENY)))
                .all()
                .get();
        try (RunningWebWatch webWatch = start(prefix)) {
            webWatch.publish(300);
            webWatch.awaitDelivered();

            Consumed out = Consumed.of(broker.bootstrapServers(), List.of(prefix + "sessions"));
            webWatch.assertSame(out, webWatch.in(EventType.CUSTOM), "forbidden topic, visible: " + isVisible);
            // includes the marker of awaitDelivered, which is a custom event too
            assertThat(webWatch.status().rejected()).isEqualTo(301);
            assertThat(webWatch.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 301L));
        }
    }

    private static AclBinding acl(ResourcePattern topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(topic, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }

    @Test
    void recordTooLargeForTheTopic_isRejectedWithoutTheOthers() throws Exception {
        create("small.custom", Map.of("max.message.bytes", "200000"));
        create("small.sessions", Map.of());
        try (RunningWebWatch webWatch = start("small.", "webwatch.kafka.properties.compression.type", "none")) {
            webWatch.publish(200);
            webWatch.awaitDelivered();
            Set<String> small = webWatch.in();
            webWatch.publish(2, "x".repeat(300_000));
            webWatch.awaitDelivered();
            Set<String> large = new HashSet<>(webWatch.in(EventType.CUSTOM));
            large.removeAll(small);
            webWatch.publish(200);
            webWatch.awaitDelivered();

            assertThat(large).hasSize(2);
            webWatch.assertSame(
                    Consumed.withPrefix(broker.bootstrapServers(), "small."), large, "records too large for the topic");
            assertThat(webWatch.status().rejected()).isEqualTo(2);
            assertThat(webWatch.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 2L));
        }
    }

    @Test
    void createTopics_usesPartitionsAndReplicationFactor() throws Exception {
        try (RunningWebWatch webWatch = start(
                "created.",
                "webwatch.kafka.create-topics",
                "true",
                "webwatch.kafka.partitions",
                "5",
                "webwatch.kafka.replication-factor",
                "1")) {
            webWatch.publish(50);
            webWatch.awaitDelivered();

            webWatch.assertSame(
                    Consumed.withPrefix(broker.bootstrapServers(), "created."), Set.of(), "topics created at start");
            Set<String> names = admin.listTopics().names().get();
            assertThat(names)
                    .filteredOn(name -> name.startsWith("created."))
                    .hasSameSizeAs(KafkaSettings.of(WebWatchConfig.defaults()).topicNames());
            assertThat(admin.describeTopics(List.of("created.clicks"))
                            .allTopicNames()
                            .get()
                            .get("created.clicks")
                            .partitions())
                    .hasSize(5)
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(1));
        }
    }

    @Test
    void createTopics_withTooManyReplicas_keepsTheEvents() {
        try (RunningWebWatch webWatch =
                start("copies.", "webwatch.kafka.create-topics", "true", "webwatch.kafka.replication-factor", "3")) {
            webWatch.publish(10);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError()).contains("does not exist");
            assertThat(webWatch.status().rejected()).isZero();
        }
    }

    @Test
    void rightPassword_isPassedToTheProducer() throws Exception {
        create("sasl.custom", Map.of());
        create("sasl.sessions", Map.of());
        try (RunningWebWatch webWatch = startWithPassword(KafkaBroker.PASSWORD)) {
            webWatch.publish(50);
            webWatch.awaitDelivered();
            webWatch.assertSame(Consumed.withPrefix(broker.bootstrapServers(), "sasl."), Set.of(), "SASL/PLAIN");
        }
    }

    @Test
    void wrongPassword_isReportedAndRejectsNothing() {
        try (RunningWebWatch webWatch = startWithPassword("wrong")) {
            webWatch.publish(50);
            // The first attempt may have timed out before the refusal arrived.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(webWatch.status().lastError())
                            .contains("refuse the credentials")
                            .doesNotContain("wrong"));
            assertThat(webWatch.status().rejected()).isZero();
        }
    }

    private RunningWebWatch startWithPassword(String password) {
        return start(
                "sasl.",
                "webwatch.kafka.bootstrap-servers",
                broker.saslServers(),
                "webwatch.kafka.properties.security.protocol",
                "SASL_PLAINTEXT",
                "webwatch.kafka.properties.sasl.mechanism",
                "PLAIN",
                "webwatch.kafka.properties.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + KafkaBroker.USER
                        + "\" password=\"" + password + "\";");
    }
}
