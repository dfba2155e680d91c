package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.kafka.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A broker with TLS and passwords, for which only the producer's properties are configured. A refused connection is
 * reported with its remedy, loses no event, and is established as soon as the cause is corrected.
 */
class SecuredBrokerTest {
    private static final String CERTIFICATE_SETTING = "ssl.keystore.location";

    private enum Mechanism {
        PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        SCRAM("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String id;
        private final String module;

        Mechanism(String id, String module) {
            this.id = id;
            this.module = module;
        }
    }

    @TempDir
    static Path brokerDirectory;

    private static KafkaBroker broker;
    private static Admin admin;
    private static Path trusted;
    private static Path replacement;
    private static Path replaced;
    private static int loginPort;
    private static int tlsPort;
    private static int misnamedPort;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        TlsStores stores = new TlsStores(brokerDirectory);
        Path known = stores.keyStore("known", "ip:127.0.0.1");
        trusted = stores.trustStore(known);
        replacement = known;
        replaced = stores.keyStore("unknown", "ip:127.0.0.1");
        Path misnamed = stores.keyStore("misnamed", "dns:elsewhere.example");

        broker = new KafkaBroker(brokerDirectory, Map.of("num.partitions", "3"));
        Map<String, String> login = new HashMap<>(KafkaBroker.plainLogin());
        login.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        login.put("scram-sha-512.sasl.jaas.config", Mechanism.SCRAM.module + " required;");
        login.putAll(keys(known));
        loginPort = broker.listen("LOGIN", "SASL_SSL", login);
        tlsPort = broker.listen("TLS", "SSL", keys(replaced));
        misnamedPort = broker.listen("MISNAMED", "SSL", keys(misnamed));
        broker.start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static Map<String, String> keys(Path store) {
        return Map.of(
                CERTIFICATE_SETTING,
                store.toString(),
                "ssl.keystore.password",
                TlsStores.PASSWORD,
                "ssl.key.password",
                TlsStores.PASSWORD,
                "ssl.keystore.type",
                "PKCS12");
    }

    @AfterAll
    static void stop() throws IOException {
        admin.close(Duration.ofSeconds(5));
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void rightPasswordOverTls_delivers(Mechanism mechanism) throws Exception {
        allow("right-" + mechanism, KafkaBroker.PASSWORD);
        String user = mechanism == Mechanism.PLAIN ? KafkaBroker.USER : "right-" + mechanism;
        String topic = "right-" + mechanism;
        try (RunningWebWatch webWatch = start(login(topic, mechanism, user, KafkaBroker.PASSWORD))) {
            webWatch.publish(200);
            webWatch.awaitDelivered();

            webWatch.assertSame(consumed(topic), Set.of(), mechanism.id + " over TLS");
            assertThat(webWatch.dropped()).isEmpty();
        }
    }

    @Test
    void topics_areCreatedOverTls() throws Exception {
        Map<String, String> properties = login("created", Mechanism.PLAIN, KafkaBroker.USER, KafkaBroker.PASSWORD);
        properties.put("webwatch.kafka.create-topics", "true");
        properties.put("webwatch.kafka.partitions", "2");
        try (RunningWebWatch webWatch = start(properties)) {
            webWatch.publish(10);
            webWatch.awaitDelivered();
            assertThat(admin.describeTopics(List.of("created"))
                            .allTopicNames()
                            .get()
                            .get("created")
                            .partitions())
                    .hasSize(2);
        }
    }

    @Test
    void wrongPassword_isReportedUntilItIsAccepted() throws Exception {
        allow("late", "another");
        try (RunningWebWatch webWatch = start(login("late", Mechanism.SCRAM, "late", "s3cr3t"))) {
            webWatch.publish(300);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError())
                    .contains("The brokers refuse the credentials")
                    .contains("webwatch.kafka.properties.sasl.jaas.config")
                    .doesNotContain("s3cr3t");
            webWatch.publish(300);
            assertThat(webWatch.status().retries()).isPositive();
            assertThat(webWatch.status().rejected()).isZero();

            allow("late", "s3cr3t");
            assertDelivers(webWatch, "late", "password accepted later");
        }
    }

    @Test
    void wrongPasswordWithTopicsToCreate_isReported() throws Exception {
        Map<String, String> properties = login("never", Mechanism.PLAIN, KafkaBroker.USER, "s3cr3t");
        properties.put("webwatch.kafka.create-topics", "true");
        try (RunningWebWatch webWatch = start(properties)) {
            webWatch.publish(1);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError())
                    .contains("The brokers refuse the credentials")
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void untrustedCertificate_isReportedUntilItIsReplaced() throws Exception {
        try (RunningWebWatch webWatch = start(tls("replaced", tlsPort))) {
            webWatch.publish(300);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError())
                    .contains("The TLS handshake with the brokers failed")
                    .contains("webwatch.kafka.properties.ssl.truststore.location");
            webWatch.publish(300);
            assertThat(webWatch.status().retries()).isPositive();
            assertThat(webWatch.status().rejected()).isZero();

            Files.copy(replacement, replaced, StandardCopyOption.REPLACE_EXISTING);
            ConfigEntry location = new ConfigEntry("listener.name.tls." + CERTIFICATE_SETTING, replaced.toString());
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.BROKER, "1"),
                            List.of(new AlterConfigOp(location, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            assertDelivers(webWatch, "replaced", "certificate replaced later");
        }
    }

    @Test
    void certificateForAnotherHost_isReported() throws Exception {
        Map<String, String> properties = tls("misnamed", misnamedPort);
        Path store = new TlsStores(brokerDirectory).trustStore(brokerDirectory.resolve("misnamed.keys.p12"));
        properties.put("webwatch.kafka.properties.ssl.truststore.location", store.toString());
        try (RunningWebWatch webWatch = start(properties)) {
            webWatch.publish(1);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError())
                    .contains("The TLS handshake with the brokers failed")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void missingTrustStore_isReportedUntilItExists() throws Exception {
        Path later = directory.resolve("later.p12");
        Map<String, String> properties = login("stored", Mechanism.PLAIN, KafkaBroker.USER, KafkaBroker.PASSWORD);
        properties.put("webwatch.kafka.properties.ssl.truststore.location", later.toString());
        try (RunningWebWatch webWatch = start(properties)) {
            webWatch.publish(300);
            webWatch.awaitRetrying();
            assertThat(webWatch.status().lastError()).contains(later.toString()).doesNotContain(TlsStores.PASSWORD);

            Files.copy(trusted, later);
            assertDelivers(webWatch, "stored", "trust store added later");
        }
    }

    private static void assertDelivers(RunningWebWatch webWatch, String topic, String what) {
        webWatch.awaitDelivered();
        Consumed out = consumed(topic);
        webWatch.assertSame(out, Set.of(), what);
        RunningWebWatch.assertOrder(out);
        assertThat(webWatch.status().lastError()).isNull();
        assertThat(webWatch.dropped()).isEmpty();
    }

    private static Consumed consumed(String topic) {
        return Consumed.of(broker.bootstrapServers(), List.of(topic));
    }

    private RunningWebWatch start(Map<String, String> properties) {
        return new RunningWebWatch(directory, properties);
    }

    private static Map<String, String> login(String topic, Mechanism mechanism, String user, String password) {
        Map<String, String> properties = tls(topic, loginPort);
        properties.put("webwatch.kafka.properties.security.protocol", "SASL_SSL");
        properties.put("webwatch.kafka.properties.sasl.mechanism", mechanism.id);
        properties.put(
                "webwatch.kafka.properties.sasl.jaas.config",
                mechanism.module + " required username=\"" + user + "\" password=\"" + password + "\";");
        return properties;
    }

    private static Map<String, String> tls(String topic, int port) {
        Map<String, String> properties = new HashMap<>();
        properties.put("webwatch.kafka.bootstrap-servers", "127.0.0.1:" + port);
        properties.put("webwatch.kafka.topic", topic);
        properties.put("webwatch.kafka.properties.security.protocol", "SSL");
        properties.put("webwatch.kafka.properties.ssl.truststore.location", trusted.toString());
        properties.put("webwatch.kafka.properties.ssl.truststore.password", TlsStores.PASSWORD);
        return properties;
    }

    /** Sets the password of a user for SCRAM. */
    private static void allow(String user, String password) throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, password)))
                .all()
                .get();
    }
}
