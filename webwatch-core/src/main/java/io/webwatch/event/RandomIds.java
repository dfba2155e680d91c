package io.webwatch.event;

import java.security.SecureRandom;
import java.util.Base64;

/** Creates random identifiers of 96 bits in 16 characters. Thread-safe. */
public final class RandomIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    /** Returns a new identifier of the characters {@code A–Z a–z 0–9 - _}. */
    public static String next() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
