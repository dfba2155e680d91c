package io.webwatch.enrich;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Derives the visitor id of a signed-in user, which is the same on every day and device. */
final class UserPseudonym {
    private UserPseudonym() {}

    static String of(String site, String user, @Nullable String secret) {
        byte[] key = (secret == null ? "webwatch" : secret).getBytes(StandardCharsets.UTF_8);
        byte[] hash = Salts.mac(key).doFinal((site + '\0' + user).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
    }
}
