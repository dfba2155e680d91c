package io.webwatch.enrich;

import io.webwatch.request.ClientFacts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Derives the pseudonyms of visitors: 96 bits of HMAC-SHA-256 of site, address and user agent with the day's key. Not
 * thread-safe; used by the batcher thread only.
 */
final class VisitorIds {
    private static final int BYTES = 12;

    private final Salts salts;
    private byte @Nullable [] macKey;
    private @Nullable Mac mac;

    VisitorIds(Salts salts) {
        this.salts = salts;
    }

    /** Returns the pseudonym for the day of a time. */
    String today(String site, ClientFacts client, long millis) {
        return hash(salts.today(millis), site, client);
    }

    /** Returns the pseudonym for the day before a time, or null if its key was deleted. */
    @Nullable
    String yesterday(String site, ClientFacts client, long millis) {
        byte[] salt = salts.yesterday(millis);
        return salt == null ? null : hash(salt, site, client);
    }

    private String hash(byte[] salt, String site, ClientFacts client) {
        Mac current = mac;
        if (current == null || !Arrays.equals(macKey, salt)) {
            current = Salts.mac(salt);
            mac = current;
            macKey = salt;
        }
        current.update(site.getBytes(StandardCharsets.UTF_8));
        current.update((byte) 0);
        current.update(client.address().getBytes(StandardCharsets.UTF_8));
        current.update((byte) 0);
        byte[] hash = current.doFinal(client.userAgent().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    }
}
