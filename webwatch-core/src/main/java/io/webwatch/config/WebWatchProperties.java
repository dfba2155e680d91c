package io.webwatch.config;

import io.webwatch.event.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Defines every property of WebWatch, with its name, type, default and documentation. The configuration page of the
 * documentation and the Spring configuration metadata are generated from these definitions.
 */
public final class WebWatchProperties {
    /** The prefix of all names. */
    public static final String PREFIX = "webwatch.";

    private static final List<Property<?>> DEFINED = new ArrayList<>();
    private static final String CAPTURES =
            "clicks,engagement,events,downloads,forms,media,images,movement,hover,vitals,errors";
    private static final String PATH_PATTERNS = "paths, in which * matches any characters";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final String TOPIC_DESCRIPTION = "1 to 249 letters, digits, dots, dashes or underscores";
    private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,200}");
    private static final Pattern PRODUCER_PROPERTY = Pattern.compile("[A-Za-z0-9._-]+");

    /** How to treat a browser that asks not to be tracked. */
    public enum PrivacySignal {
        COOKIELESS,
        DROP,
        IGNORE
    }

    /** How visitors are recognised. */
    public enum Identity {
        COOKIELESS,
        STORAGE,
        USER
    }

    /** What happens to events of bots. */
    public enum BotPolicy {
        KEEP,
        DROP
    }

    /** Whether the tracker may send events before the visitor has given consent. */
    public enum Consent {
        ASSUMED,
        REQUIRED
    }

    /** When a request is answered. */
    public enum DeliveryMode {
        FAST,
        DURABLE
    }

    public static final Property<Boolean> ENABLED = define(
            "enabled",
            ValueType.flag(),
            "true",
            "Whether WebWatch is active. If not, it adds nothing to the application.");
    public static final Property<String> SITE = define(
            "site",
            ValueType.matching(
                    Pattern.compile("[\\w.:-]{1,64}"),
                    "1 to 64 letters, digits, dots, dashes, colons or underscores",
                    "shop"),
            "default",
            "Name of the site in every event.");
    public static final Property<Integer> INSTANCE = define(
            "instance",
            ValueType.integer(0, 999),
            "0",
            "Number of this instance, which makes event times unique across instances. Use a different number for each"
                    + " instance of an application.");
    public static final Property<String> PATH = define(
            "path",
            ValueType.matching(
                    Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+"), "a path such as /webwatch", "/webwatch"),
            "/webwatch",
            "Base path of tracker, collector and dashboard, relative to the context path.");
    public static final Property<Path> DATA_DIRECTORY = define(
            "data-directory",
            ValueType.path("a directory", "webwatch-data"),
            "webwatch-data",
            "Directory for all files of WebWatch. A relative path is resolved against the working directory.");
    public static final Property<List<String>> SINKS = define(
            "sinks",
            ValueType.list("names of sinks", "duckdb,kafka"),
            null,
            "Sinks to which events are delivered. Default: all sinks on the class path whose required properties are"
                    + " set.");
    public static final Property<DeliveryMode> DELIVERY = define(
            "delivery",
            ValueType.choice(DeliveryMode.class),
            "fast",
            "When a request is answered: fast, as soon as its events are in the buffer; durable, as soon as they are on"
                    + " disk.");

    public static final Property<Boolean> TRACKER_INJECT = define(
            "tracker.inject",
            ValueType.flag(),
            "true",
            "Whether the script tag of the tracker is inserted into HTML responses.");
    public static final Property<List<String>> TRACKER_CAPTURE = define(
            "tracker.capture",
            ValueType.namesOf(List.of(CAPTURES.split(","))),
            CAPTURES,
            "What the tracker captures in addition to page views. With only engagement and events, the script is"
                    + " smaller.");
    public static final Property<Consent> TRACKER_CONSENT = define(
            "tracker.consent",
            ValueType.choice(Consent.class),
            "assumed",
            "Whether the tracker sends events before the page has reported the visitor's decision: assumed, it sends"
                    + " until consent is denied; required, it sends nothing until consent is given.");
    public static final Property<List<String>> TRACKER_DOWNLOADS = define(
            "tracker.downloads",
            ValueType.list("file extensions, in which * matches any characters", "pdf,zip,doc*"),
            null,
            "Extensions whose links count as downloads. Default: those of documents, archives, programs and media"
                    + " files.");
    public static final Property<List<String>> TRACKER_INCLUDE = define(
            "tracker.include",
            ValueType.list(PATH_PATTERNS, "/products/*"),
            null,
            "Paths of pages that get the tracker. Default: all.");
    public static final Property<List<String>> TRACKER_EXCLUDE = define(
            "tracker.exclude",
            ValueType.list(PATH_PATTERNS, "/admin/*"),
            null,
            "Paths of pages that do not get the tracker.");

    public static final Property<Long> COLLECTOR_MAX_BODY_SIZE = define(
            "collector.max-body-size",
            ValueType.size(1 << 10, 16 << 20),
            "64KB",
            "Maximum size of a request body, before and after decompression.");
    public static final Property<List<String>> COLLECTOR_ALLOWED_ORIGINS = define(
            "collector.allowed-origins",
            ValueType.list("origins, or * for all", "https://www.example.org"),
            null,
            "Other origins whose pages may send events.");
    public static final Property<List<String>> COLLECTOR_TRUSTED_PROXIES = define(
            "collector.trusted-proxies",
            ValueType.list("addresses or CIDR ranges, or none", "10.0.0.0/8"),
            "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,fc00::/7,fe80::/10",
            "Proxies whose Forwarded and X-Forwarded-* headers are trusted.");
    public static final Property<Integer> COLLECTOR_RATE_LIMIT = define(
            "collector.rate-limit",
            ValueType.integer(0, 1_000_000),
            "50",
            "Maximum number of requests per second from one client address. Bursts of ten times as many are allowed. 0"
                    + " means no limit.");

    public static final Property<Identity> PRIVACY_IDENTITY = define(
            "privacy.identity",
            ValueType.choice(Identity.class),
            "cookieless",
            "How visitors are recognised: cookieless, without anything stored in the browser; storage, by an id in the"
                    + " browser's storage, after consent; user, by the host application's signed-in user.");
    public static final Property<String> PRIVACY_SECRET = define(
            "privacy.secret",
            ValueType.secret(16, "a random string of at least 16 characters", "the output of \"openssl rand -hex 16\""),
            null,
            "Secret from which pseudonyms of visitors are derived. With the same secret, all instances of an"
                    + " application use the same pseudonym for a visitor.");
    public static final Property<PrivacySignal> PRIVACY_GPC = define(
            "privacy.gpc",
            ValueType.choice(PrivacySignal.class),
            "cookieless",
            "How Global Privacy Control is treated: cookieless, events are recorded without a stored id or user; drop,"
                    + " events are dropped; ignore.");
    public static final Property<PrivacySignal> PRIVACY_DNT = define(
            "privacy.dnt",
            ValueType.choice(PrivacySignal.class),
            "ignore",
            "How Do Not Track is treated, with the same values as webwatch.privacy.gpc.");
    public static final Property<List<String>> PRIVACY_QUERY_PARAMS = define(
            "privacy.query-params",
            ValueType.list("names of query parameters", "category,q"),
            null,
            "Query parameters that are recorded in addition to utm_*, gclid, fbclid and msclkid. All others are"
                    + " removed.");
    public static final Property<BotPolicy> PRIVACY_BOTS = define(
            "privacy.bots",
            ValueType.choice(BotPolicy.class),
            "keep",
            "What happens to events of bots: keep, they are recorded and marked; drop, they are dropped and counted.");

    public static final Property<Integer> BUFFER_CAPACITY = define(
            "buffer.capacity",
            ValueType.integer(2, 1 << 24),
            "65536",
            "Maximum number of requests in the buffer, rounded up to a power of two.");
    public static final Property<Long> BUFFER_MAX_BYTES = define(
            "buffer.max-bytes",
            ValueType.size(64 << 10, 1L << 30),
            "16MB",
            "Maximum estimated size of the events in the buffer, and also of the batches in memory.");

    public static final Property<Integer> BATCH_MAX_EVENTS =
            define("batch.max-events", ValueType.integer(1, 100_000), "1000", "Maximum number of events in a batch.");
    public static final Property<Long> BATCH_MAX_BYTES = define(
            "batch.max-bytes",
            ValueType.size(1 << 10, 64 << 20),
            "1MB",
            "Maximum size of a batch, estimated in memory.");
    public static final Property<Duration> BATCH_LINGER = define(
            "batch.linger",
            ValueType.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
            "200ms",
            "Maximum time that an event waits for its batch to fill up.");

    public static final Property<Duration> RETRY_INITIAL = define(
            "retry.initial",
            ValueType.duration(Duration.ofMillis(1), Duration.ofHours(1)),
            "200ms",
            "Delay before the first retry of a failed write. It doubles with each further retry, with jitter.");
    public static final Property<Duration> RETRY_MAX =
            define("retry.max", ValueType.duration(Duration.ofMillis(1), DAY), "30s", "Maximum delay between retries.");
    public static final Property<Long> JOURNAL_MAX_SIZE = define(
            "journal.max-size",
            ValueType.size(1 << 20, 1L << 40),
            "256MB",
            "Maximum size of the journal, which keeps on disk what sinks have not written yet. When it is full, sinks"
                    + " that are behind lose the oldest events (fast), or requests are refused (durable).");
    public static final Property<Long> DEAD_LETTERS_MAX_SIZE = define(
            "dead-letters.max-size",
            ValueType.size(64 << 10, 1L << 40),
            "16MB",
            "Maximum size of the dead-letter files, which keep events that sinks rejected. When they are full, the"
                    + " oldest events are deleted.");
    public static final Property<Duration> SESSION_TIMEOUT = define(
            "session.timeout",
            ValueType.duration(Duration.ofSeconds(1), DAY),
            "30m",
            "Inactivity after which a session ends.");

    public static final Property<Path> DUCKDB_PATH = define(
            "duckdb.path",
            ValueType.path("a file", "webwatch.duckdb"),
            "webwatch.duckdb",
            "File of the embedded store. A relative path is resolved against the data directory.");
    public static final Property<Duration> DUCKDB_RETENTION = define(
            "duckdb.retention",
            ValueType.duration(DAY, Duration.ofDays(36_500)),
            "396d",
            "Age at which events are deleted. The default is 13 months.");
    public static final Property<Long> DUCKDB_MEMORY_LIMIT = define(
            "duckdb.memory-limit",
            ValueType.size(64 << 20, 1L << 40),
            "256MB",
            "Maximum memory of the database engine, outside the heap.");
    public static final Property<Integer> DUCKDB_THREADS =
            define("duckdb.threads", ValueType.integer(1, 256), "1", "Number of threads of the database engine.");

    public static final Property<List<String>> KAFKA_BOOTSTRAP_SERVERS = define(
            "kafka.bootstrap-servers",
            ValueType.list("addresses HOST:PORT of brokers", "kafka-1:9092,kafka-2:9092"),
            null,
            "Brokers of the Kafka cluster to which events are sent.");
    public static final Property<String> KAFKA_TOPIC_PREFIX = define(
            "kafka.topic-prefix",
            ValueType.matching(TOPIC_PREFIX, "at most 200 letters, digits, dots, dashes or underscores", "webwatch."),
            "webwatch.",
            "Prefix of the names of topics, such as webwatch.page-views.");
    public static final Property<String> KAFKA_TOPIC = define(
            "kafka.topic",
            ValueType.matching(TOPIC, TOPIC_DESCRIPTION, "webwatch-events"),
            null,
            "A single topic for all events. Default: one topic for each kind of event.");
    public static final Property<Map<String, String>> KAFKA_TOPICS = define(
            "kafka.topics",
            ValueType.map(
                    TOPIC_DESCRIPTION,
                    "webwatch-page-views",
                    false,
                    "TYPE",
                    Stream.of(EventType.values()).map(EventType::id).toList(),
                    WebWatchProperties::eventType),
            null,
            "Topic for the events of one type, such as webwatch.kafka.topics.page_view. Takes precedence over"
                    + " webwatch.kafka.topic and webwatch.kafka.topic-prefix.");
    public static final Property<Boolean> KAFKA_CREATE_TOPICS = define(
            "kafka.create-topics",
            ValueType.flag(),
            "false",
            "Whether missing topics are created at start-up. The broker may also create them itself.");
    public static final Property<Integer> KAFKA_PARTITIONS = define(
            "kafka.partitions",
            ValueType.integer(1, 100_000),
            null,
            "Number of partitions of created topics. Default: the broker's default.");
    public static final Property<Integer> KAFKA_REPLICATION_FACTOR = define(
            "kafka.replication-factor",
            ValueType.integer(1, 100),
            null,
            "Replication factor of created topics. Default: the broker's default.");
    public static final Property<Map<String, String>> KAFKA_PROPERTIES = define(
            "kafka.properties",
            ValueType.map("a string", "SASL_SSL", true, "*", List.of(), WebWatchProperties::producerProperty),
            null,
            "Any property of the Kafka producer, such as webwatch.kafka.properties.security.protocol, for TLS, SASL and"
                    + " tuning.");

    public static final Property<String> INFLUXDB_URL = define(
            "influxdb.url",
            ValueType.text("a URL", "http://localhost:8086"),
            null,
            "URL of InfluxDB, or of another server with its v2 write API. If it is set, events are sent there.");
    public static final Property<String> INFLUXDB_TOKEN = define(
            "influxdb.token",
            ValueType.secret(1, "an API token", "the output of \"influx auth create\""),
            null,
            "Token with write permission for the bucket. For InfluxDB 1.8, it is USER:PASSWORD.");
    public static final Property<String> INFLUXDB_ORG = define(
            "influxdb.org",
            ValueType.text("an organisation", "example-org"),
            null,
            "Organisation of the bucket. InfluxDB 1.8 and 3 have no organisations.");
    public static final Property<String> INFLUXDB_BUCKET = define(
            "influxdb.bucket",
            ValueType.text("a bucket", "webwatch"),
            "webwatch",
            "Bucket to which events are written. For InfluxDB 1.8, it is DATABASE or DATABASE/RETENTION-POLICY.");
    public static final Property<Duration> INFLUXDB_RETENTION = define(
            "influxdb.retention",
            ValueType.duration(Duration.ofHours(1), Duration.ofDays(36_500)),
            null,
            "Age at which InfluxDB deletes events. The bucket is created or updated accordingly, which requires the API"
                    + " of InfluxDB 2 or Cloud. Default: the bucket is not changed.");
    public static final Property<Duration> INFLUXDB_TIMEOUT = define(
            "influxdb.timeout",
            ValueType.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            "10s",
            "Maximum time to wait for a connection, and for the response to a request.");
    public static final Property<Integer> INFLUXDB_MAX_TAG_VALUES = define(
            "influxdb.max-tag-values",
            ValueType.integer(1, 1_000_000),
            "5000",
            "Maximum number of distinct values of each tag while the application runs. Further values are written as"
                    + " (other).");

    public static final Property<Boolean> DASHBOARD_ENABLED = define(
            "dashboard.enabled", ValueType.flag(), "true", "Whether the dashboard and its endpoints are served.");
    public static final Property<String> DASHBOARD_USERNAME = define(
            "dashboard.username",
            ValueType.text("a name", "webwatch"),
            "webwatch",
            "User name for the dashboard with HTTP Basic authentication, which is used without Spring Security.");
    public static final Property<String> DASHBOARD_PASSWORD = define(
            "dashboard.password",
            ValueType.secret(1, "a password", "the output of \"openssl rand -base64 18\""),
            null,
            "Password for the dashboard with HTTP Basic authentication. Default: generated, and logged once at"
                    + " start-up.");
    public static final Property<String> DASHBOARD_ROLE = define(
            "dashboard.role",
            ValueType.text("a role", "ADMIN"),
            null,
            "Role that grants access to the dashboard with Spring Security. Default: none, the dashboard is locked.");
    public static final Property<String> DASHBOARD_STORE = define(
            "dashboard.store",
            ValueType.text("the name of a sink that answers queries", "duckdb"),
            null,
            "Sink that answers the queries of the dashboard. Default: the first sink that answers queries.");

    private WebWatchProperties() {}

    /** Returns the id of an event type, which is {@code page_view}, {@code page-view} or {@code page.view} in a source. */
    private static @Nullable String eventType(String below) {
        String id = below.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return EventType.byId(id) == null ? null : id;
    }

    private static @Nullable String producerProperty(String below) {
        return PRODUCER_PROPERTY.matcher(below).matches() ? below : null;
    }

    private static <T> Property<T> define(
            String name, ValueType<T> type, @Nullable String defaultText, String description) {
        Property<T> property = new Property<>(PREFIX + name, type, defaultText, description);
        DEFINED.add(property);
        return property;
    }

    /** Returns all properties in the order of the documentation. */
    public static List<Property<?>> all() {
        return List.copyOf(DEFINED);
    }
}
