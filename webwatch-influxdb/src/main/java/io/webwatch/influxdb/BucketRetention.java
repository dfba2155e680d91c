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
 * Sets the configured retention of the bucket once, before the first write, and creates the bucket if it is missing. If the
 * server has no such API, or the token lacks the permission, this is a warning, and events are written nevertheless. Used
 * by one thread, except for {@link #warning}.
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

    /**
     * Sets the retention unless that is done.
     *
     * @return why the server cannot do it now, so that the write must wait; null if there is no reason to wait
     */
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
                return "Could not set the retention of the bucket in InfluxDB at " + settings.url() + ": "
                        + e.getMessage() + ".";
            }
            done = true;
            warning = "Could not set the retention of webwatch.influxdb.retention: InfluxDB responded " + e.status()
                    + " (" + e.getMessage()
                    + "). Events are written nevertheless. Set the retention in InfluxDB, or use a token that may change"
                    + " buckets.";
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
            LOG.info("Created the InfluxDB bucket '{}' with a retention of {} s.", settings.bucket(), seconds);
        } else if (!isOf(bucket, seconds)) {
            bucket.setRetentionRules(List.of(rule));
            buckets.updateBucket(bucket);
            LOG.info("Set the retention of the InfluxDB bucket '{}' to {} s.", settings.bucket(), seconds);
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
                .orElseThrow(() -> new InfluxException("the organization '" + settings.org() + "' does not exist"));
    }

    /** Returns why the retention could not be set; empty if there was no problem. Thread-safe. */
    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }
}
