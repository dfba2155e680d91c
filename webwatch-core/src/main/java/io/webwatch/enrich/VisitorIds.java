package io.webwatch.enrich;

import io.webwatch.request.ClientFacts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms of visitors: 96 bits of HMAC-SHA-256 over site, address and user agent under the day's key. Not
 * thread-safe: the batcher's alone.
 */
final class VisitorIds {
    private static final int BYTES = 12;

    private final Salts salts;
    private byte @Nullable [] macKey;
    private @Nullable Mac mac;

    VisitorIds(Salts salts) {
        this.salts = salts;
    }

    /** The pseudonym under the key of that moment's day. */
    String today(String site, ClientFacts client, long millis) {
        return hash(salts.today(millis), site, client);
    }

    /** The pseudonym of the day before, or null when its key is gone. */
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
