package io.webwatch.enrich;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of visitors' pseudonyms, one for each UTC day. Without a secret they are random and deleted after at most 48
 * hours, after which a pseudonym cannot be linked to an address. With a secret they are derived from the secret and the
 * date, so that several instances agree. Not thread-safe; used by the batcher thread only.
 */
final class Salts {
    private static final int BYTES = 32;

    private final @Nullable String secret;
    private final TreeMap<LocalDate, byte[]> byDay = new TreeMap<>();
    private boolean changed;

    Salts(@Nullable String secret) {
        this.secret = secret;
    }

    /** Adds the keys that an earlier run stored. */
    void restore(Map<LocalDate, byte[]> stored) {
        if (secret == null) {
            byDay.putAll(stored);
        }
    }

    /** Returns the key of the day of a time, which is created if necessary. */
    byte[] today(long millis) {
        LocalDate day = day(millis);
        byte[] salt = byDay.get(day);
        if (salt == null) {
            salt = create(day);
            byDay.put(day, salt);
            changed = true;
        }
        return salt;
    }

    /** Deletes every key that is older than the day before a time. */
    void forget(long millis) {
        Map<LocalDate, byte[]> old = byDay.headMap(day(millis).minusDays(1), false);
        if (!old.isEmpty()) {
            old.clear();
            changed = true;
        }
    }

    /** Returns the key of the day before a time, or null if there is none. */
    byte @Nullable [] yesterday(long millis) {
        LocalDate before = day(millis).minusDays(1);
        return secret == null ? byDay.get(before) : create(before);
    }

    /** Returns the keys to store; none if they are derived from a secret. */
    Map<LocalDate, byte[]> stored() {
        return secret == null ? Map.copyOf(byDay) : Map.of();
    }

    /** Returns whether a key was created or deleted since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    static LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private byte[] create(LocalDate day) {
        if (secret == null) {
            byte[] salt = new byte[BYTES];
            new SecureRandom().nextBytes(salt);
            return salt;
        }
        Mac mac = mac(secret.getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(day.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }
}
