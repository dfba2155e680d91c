package io.webwatch.influxdb;

import com.influxdb.client.BucketsApi;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import com.influxdb.exceptions.InfluxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the bucket the retention that was asked for, once, before the first write: creates it with it or changes its rule.
 * Where the server has no such API, or the token no such right, that is a warning and events are written all the same.
 * One thread applies; {@link #warning} is thread-safe.
 */
final class BucketRetention {
    private static final Logger LOG = LoggerFactory.getLogger(BucketRetention.class);

    private final InfluxDbSettings settings;
    private final InfluxDBClient client;
    private boolean done;
    private volatile @Nullable String warning;

    BucketRetention(InfluxDbSettings settings, InfluxDBClient client) {
        this.settings = settings;
        this.client = client;
        this.done = settings.retention() == null;
    }

    /** Applies it if that is still to be done; a sentence when the server could not be asked now, else null. */
    @Nullable
    String apply() {
        Duration retention = settings.retention();
        if (done || retention == null) {
            return null;
        }
        try {
            apply(client.getBucketsApi(), Math.toIntExact(Math.min(retention.toSeconds(), Integer.MAX_VALUE)));
            done = true;
        } catch (InfluxException e) {
            if (e.status() == 0 || e.status() == 429 || e.status() >= 500) {
                return "InfluxDB at " + settings.url() + " cannot be asked for the bucket's retention: "
                        + e.getMessage() + ".";
            }
            done = true;
            warning = "The retention of webwatch.influxdb.retention was not set: InfluxDB answers " + e.status() + " ("
                    + e.getMessage() + "). Set it in InfluxDB, or give a token with the right to change buckets.";
            LOG.warn("{}", warning);
        }
        return null;
    }

    private void apply(BucketsApi buckets, int seconds) {
        BucketRetentionRules rule = new BucketRetentionRules();
        rule.setEverySeconds(seconds);
        Bucket bucket = buckets.findBucketByName(settings.bucket());
        if (bucket == null) {
            buckets.createBucket(settings.bucket(), rule, organisation());
            LOG.info("Created the InfluxDB bucket '{}', which keeps events for {} s.", settings.bucket(), seconds);
        } else if (!isOf(bucket, seconds)) {
            bucket.setRetentionRules(List.of(rule));
            buckets.updateBucket(bucket);
            LOG.info("The InfluxDB bucket '{}' now keeps events for {} s.", settings.bucket(), seconds);
        }
    }

    private static boolean isOf(Bucket bucket, int seconds) {
        return bucket.getRetentionRules().stream()
                .anyMatch(rule -> rule.getEverySeconds() != null && rule.getEverySeconds() == seconds);
    }

    private Organization organisation() {
        return client.getOrganizationsApi().findOrganizations().stream()
                .filter(organisation -> settings.org() == null
                        || settings.org().equals(organisation.getName())
                        || settings.org().equals(organisation.getId()))
                .findFirst()
                .orElseThrow(() -> new InfluxException("there is no organisation '" + settings.org() + "'"));
    }

    /** A sentence when it could not be set. */
    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }
}
