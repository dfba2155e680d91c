package io.webwatch.config;

import io.webwatch.event.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every property of WebWatch: the one place where names, types, defaults and documentation stand. {@code
 * docs/configuration.md} and the Spring configuration metadata are checked against it.
 */
public final class WebWatchProperties {
    /** The prefix of all names. */
    public static final String PREFIX = "webwatch.";

    private static final List<Property<?>> DEFINED = new ArrayList<>();
    private static final String CAPTURES =
            "clicks,engagement,events,downloads,forms,media,images,movement,hover,vitals,errors";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final String TOPIC_DESCRIPTION = "1 to 249 letters, digits, dots, dashes, underscores";
    private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,200}");
    private static final Pattern PRODUCER_PROPERTY = Pattern.compile("[A-Za-z0-9._-]+");

    /** What to do with the browser's wish not to be tracked. */
    public enum PrivacySignal {
        COOKIELESS,
        DROP,
        IGNORE
    }

    /** How a visitor is recognised. */
    public enum Identity {
        COOKIELESS,
        STORAGE,
        USER
    }

    /** What becomes of bots. */
    public enum Bots {
        KEEP,
        DROP
    }

    /** Whether a page may be measured before its visitor has agreed. */
    public enum Consent {
        ASSUMED,
        REQUIRED
    }

    /** When an event is answered for. */
    public enum DeliveryMode {
        FAST,
        DURABLE
    }

    public static final Property<Boolean> ENABLED =
            define("enabled", ValueType.flag(), "true", "Whether WebWatch does anything at all.");
    public static final Property<String> SITE = define(
            "site",
            ValueType.matching(Pattern.compile("[\\w.:-]{1,64}"), "1 to 64 letters, digits, dots, dashes, colons"),
            "default",
            "Name of the site in every event.");
    public static final Property<Integer> INSTANCE = define(
            "instance",
            ValueType.integer(0, 999),
            "0",
            "Slot of this instance in the unique time of events; give each instance of an application its own.");
    public static final Property<String> PATH = define(
            "path",
            ValueType.matching(Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+"), "a path such as /webwatch"),
            "/webwatch",
            "Base path of tracker, collector and dashboard below the context path.");
    public static final Property<Path> DATA_DIRECTORY = define(
            "data-directory",
            ValueType.path("a directory"),
            "webwatch-data",
            "Directory of all files that WebWatch keeps; a relative one counts from the working directory.");
    public static final Property<List<String>> SINKS = define(
            "sinks",
            ValueType.list("names of sinks"),
            null,
            "Sinks that get the events. Default: those on the class path whose required settings are given.");
    public static final Property<DeliveryMode> DELIVERY = define(
            "delivery",
            ValueType.choice(DeliveryMode.class),
            "fast",
            "When a request is answered: fast, as soon as its events are in the buffer; durable, when they are safe on"
                    + " disk.");

    public static final Property<Boolean> TRACKER_INJECT = define(
            "tracker.inject",
            ValueType.flag(),
            "true",
            "Whether HTML answers get the tracker's script tag by themselves.");
    public static final Property<List<String>> TRACKER_CAPTURE = define(
            "tracker.capture",
            ValueType.namesOf(List.of(CAPTURES.split(","))),
            CAPTURES,
            "What the tracker captures beside page views; engagement and events alone make for a smaller script.");
    public static final Property<Consent> TRACKER_CONSENT = define(
            "tracker.consent",
            ValueType.choice(Consent.class),
            "assumed",
            "Whether the tracker sends before the page has told it of the visitor's consent: assumed, until the page tells"
                    + " otherwise; required, nothing before.");
    public static final Property<List<String>> TRACKER_DOWNLOADS = define(
            "tracker.downloads",
            ValueType.list("extensions of files in which * stands for anything"),
            null,
            "Extensions whose links are downloads. Default: those of documents, archives, programs and media files.");
    public static final Property<List<String>> TRACKER_INCLUDE = define(
            "tracker.include",
            ValueType.list("paths in which * stands for anything"),
            null,
            "Paths whose pages get the tracker. Default: all.");
    public static final Property<List<String>> TRACKER_EXCLUDE = define(
            "tracker.exclude",
            ValueType.list("paths in which * stands for anything"),
            null,
            "Paths whose pages do not get the tracker.");

    public static final Property<Long> COLLECTOR_MAX_BODY_SIZE = define(
            "collector.max-body-size",
            ValueType.size(1 << 10, 16 << 20),
            "64KB",
            "Most bytes of a request's body, before and after inflation.");
    public static final Property<List<String>> COLLECTOR_ALLOWED_ORIGINS = define(
            "collector.allowed-origins",
            ValueType.list("origins such as https://www.example.org"),
            null,
            "Other origins whose pages may send events; * allows all.");
    public static final Property<List<String>> COLLECTOR_TRUSTED_PROXIES = define(
            "collector.trusted-proxies",
            ValueType.list("addresses or CIDR ranges, or none"),
            "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,fc00::/7,fe80::/10",
            "Peers whose Forwarded and X-Forwarded-… headers are believed.");
    public static final Property<Integer> COLLECTOR_RATE_LIMIT = define(
            "collector.rate-limit",
            ValueType.integer(0, 1_000_000),
            "50",
            "Requests a second that one client address may send, with bursts of ten seconds' worth; 0: no limit.");

    public static final Property<Identity> PRIVACY_IDENTITY = define(
            "privacy.identity",
            ValueType.choice(Identity.class),
            "cookieless",
            "How visitors are recognised: cookieless, nothing is stored in the browser; storage, an id in the browser's"
                    + " storage after consent; user, the host application's signed-in user.");
    public static final Property<String> PRIVACY_SECRET = define(
            "privacy.secret",
            ValueType.secret("a random text of at least 16 characters"),
            null,
            "Shared by all instances of an application, so that they give a visitor the same pseudonym.");
    public static final Property<PrivacySignal> PRIVACY_GPC = define(
            "privacy.gpc",
            ValueType.choice(PrivacySignal.class),
            "cookieless",
            "What Global Privacy Control does: cookieless, counted without a stored or user identity; drop; ignore.");
    public static final Property<PrivacySignal> PRIVACY_DNT =
            define("privacy.dnt", ValueType.choice(PrivacySignal.class), "ignore", "The same for Do Not Track.");
    public static final Property<List<String>> PRIVACY_QUERY_PARAMS = define(
            "privacy.query-params",
            ValueType.list("names of query parameters"),
            null,
            "Query parameters that pages keep beside utm_*, gclid, fbclid and msclkid.");
    public static final Property<Bots> PRIVACY_BOTS = define(
            "privacy.bots",
            ValueType.choice(Bots.class),
            "keep",
            "Whether events of bots are kept, marked with the reason, or dropped and counted.");

    public static final Property<Integer> BUFFER_CAPACITY = define(
            "buffer.capacity",
            ValueType.integer(2, 1 << 24),
            "65536",
            "Most requests that wait in the buffer; rounded up to a power of two.");
    public static final Property<Long> BUFFER_MAX_BYTES = define(
            "buffer.max-bytes",
            ValueType.size(64 << 10, 1L << 30),
            "16MB",
            "Most bytes of events that wait in the buffer, and again in the log of batches.");

    public static final Property<Integer> BATCH_MAX_EVENTS =
            define("batch.max-events", ValueType.integer(1, 100_000), "1000", "Most events of a batch.");
    public static final Property<Long> BATCH_MAX_BYTES = define(
            "batch.max-bytes", ValueType.size(1 << 10, 64 << 20), "1MB", "Most bytes of a batch, estimated in memory.");
    public static final Property<Duration> BATCH_LINGER = define(
            "batch.linger",
            ValueType.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
            "200ms",
            "Longest wait of an event for its batch to fill.");

    public static final Property<Duration> RETRY_INITIAL = define(
            "retry.initial",
            ValueType.duration(Duration.ofMillis(1), Duration.ofHours(1)),
            "200ms",
            "Wait before the first repetition of a failed write; it doubles with each, with jitter.");
    public static final Property<Duration> RETRY_MAX = define(
            "retry.max", ValueType.duration(Duration.ofMillis(1), DAY), "30s", "Longest wait between repetitions.");
    public static final Property<Long> JOURNAL_MAX_SIZE = define(
            "journal.max-size",
            ValueType.size(1 << 20, 1L << 40),
            "256MB",
            "Most bytes of the journal, which holds on disk what sinks have not taken yet. When it is full the oldest is"
                    + " lost to the sinks that are behind (fast), or requests are refused (durable).");
    public static final Property<Long> DEAD_LETTERS_MAX_SIZE = define(
            "dead-letters.max-size",
            ValueType.size(64 << 10, 1L << 40),
            "16MB",
            "Most bytes of the dead-letter files, which hold what sinks refused for good; then the oldest go.");
    public static final Property<Duration> SESSION_TIMEOUT = define(
            "session.timeout",
            ValueType.duration(Duration.ofSeconds(1), DAY),
            "30m",
            "Silence of a visitor after which a session has ended.");

    public static final Property<Path> DUCKDB_PATH = define(
            "duckdb.path",
            ValueType.path("a file"),
            "webwatch.duckdb",
            "File of the embedded store; a relative one counts from the data directory.");
    public static final Property<Duration> DUCKDB_RETENTION = define(
            "duckdb.retention",
            ValueType.duration(DAY, Duration.ofDays(36_500)),
            "396d",
            "Age at which events are deleted; the default is 13 months.");
    public static final Property<Long> DUCKDB_MEMORY_LIMIT = define(
            "duckdb.memory-limit",
            ValueType.size(64 << 20, 1L << 40),
            "256MB",
            "Most memory that the store's engine takes outside the heap.");
    public static final Property<Integer> DUCKDB_THREADS =
            define("duckdb.threads", ValueType.integer(1, 256), "1", "Threads of the store's engine.");

    public static final Property<List<String>> KAFKA_BOOTSTRAP_SERVERS = define(
            "kafka.bootstrap-servers",
            ValueType.list("addresses HOST:PORT of brokers"),
            null,
            "Brokers of the Kafka cluster that gets the events.");
    public static final Property<String> KAFKA_TOPIC_PREFIX = define(
            "kafka.topic-prefix",
            ValueType.matching(TOPIC_PREFIX, "at most 200 letters, digits, dots, dashes, underscores"),
            "webwatch.",
            "Prefix of the names of topics, such as webwatch.page-views.");
    public static final Property<String> KAFKA_TOPIC = define(
            "kafka.topic",
            ValueType.matching(TOPIC, TOPIC_DESCRIPTION),
            null,
            "One topic for the events of every type. Default: a topic for each kind.");
    public static final Property<Map<String, String>> KAFKA_TOPICS = define(
            "kafka.topics",
            ValueType.map(TOPIC_DESCRIPTION, false, "TYPE", WebWatchProperties::eventType),
            null,
            "Topic for the events of one type, such as webwatch.kafka.topics.page_view; stronger than the two above.");
    public static final Property<Boolean> KAFKA_CREATE_TOPICS = define(
            "kafka.create-topics",
            ValueType.flag(),
            "false",
            "Whether topics that do not exist are created at start; the broker may also create them itself.");
    public static final Property<Integer> KAFKA_PARTITIONS = define(
            "kafka.partitions",
            ValueType.integer(1, 100_000),
            null,
            "Partitions of the topics that are created. Default: the broker's.");
    public static final Property<Integer> KAFKA_REPLICATION_FACTOR = define(
            "kafka.replication-factor",
            ValueType.integer(1, 100),
            null,
            "Copies of each partition of the topics that are created. Default: the broker's.");
    public static final Property<Map<String, String>> KAFKA_PROPERTIES = define(
            "kafka.properties",
            ValueType.map("a text", true, "*", WebWatchProperties::producerProperty),
            null,
            "Any property of Kafka's producer, such as webwatch.kafka.properties.security.protocol; for TLS, SASL and"
                    + " tuning.");
    public static final Property<String> INFLUXDB_URL = define(
            "influxdb.url",
            ValueType.text("an address such as http://localhost:8086"),
            null,
            "Address of InfluxDB, or of a server that speaks its v2 write API; with it the events go there.");
    public static final Property<String> INFLUXDB_TOKEN = define(
            "influxdb.token",
            ValueType.secret("a token"),
            null,
            "Token that may write to the bucket; for InfluxDB 1.8 USER:PASSWORD.");
    public static final Property<String> INFLUXDB_ORG = define(
            "influxdb.org",
            ValueType.text("an organisation"),
            null,
            "Organisation of the bucket; InfluxDB 1.8 and 3 have none.");
    public static final Property<String> INFLUXDB_BUCKET = define(
            "influxdb.bucket",
            ValueType.text("a bucket"),
            "webwatch",
            "Bucket that the events go to; for InfluxDB 1.8 DATABASE or DATABASE/RETENTION-POLICY.");
    public static final Property<Duration> INFLUXDB_RETENTION = define(
            "influxdb.retention",
            ValueType.duration(Duration.ofHours(1), Duration.ofDays(36_500)),
            null,
            "Age at which InfluxDB deletes events; the bucket is created or changed to it, through the API that"
                    + " InfluxDB 2 and Cloud have for that. Default: the bucket is left as it is.");
    public static final Property<Duration> INFLUXDB_TIMEOUT = define(
            "influxdb.timeout",
            ValueType.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            "10s",
            "Longest wait for a connection, and for the answer to a request.");
    public static final Property<Integer> INFLUXDB_MAX_TAG_VALUES = define(
            "influxdb.max-tag-values",
            ValueType.integer(1, 1_000_000),
            "5000",
            "Most distinct values that each tag gets while the application runs; further ones are written as (other).");

    public static final Property<Boolean> DASHBOARD_ENABLED =
            define("dashboard.enabled", ValueType.flag(), "true", "Whether dashboard and query endpoints are served.");
    public static final Property<String> DASHBOARD_USERNAME = define(
            "dashboard.username",
            ValueType.text("a name"),
            "webwatch",
            "User of the dashboard's HTTP Basic authentication, where Spring Security is absent.");
    public static final Property<String> DASHBOARD_PASSWORD = define(
            "dashboard.password",
            ValueType.secret("a password"),
            null,
            "Its password. Default: generated and printed once at start.");
    public static final Property<String> DASHBOARD_ROLE = define(
            "dashboard.role",
            ValueType.text("a role"),
            null,
            "Role that opens the dashboard where Spring Security is present; unset: locked.");
    public static final Property<String> DASHBOARD_STORE = define(
            "dashboard.store",
            ValueType.text("the name of a sink that answers queries"),
            null,
            "Store that the dashboard asks for history. Default: the first sink that can answer.");

    private WebWatchProperties() {}

    /** The type's id, however a source writes it: {@code page_view}, {@code page-view}, {@code page.view}. */
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

    /** All properties, in the order of the documentation. */
    public static List<Property<?>> all() {
        return List.copyOf(DEFINED);
    }
}
