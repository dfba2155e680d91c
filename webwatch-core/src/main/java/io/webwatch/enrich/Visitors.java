package io.webwatch.enrich;

import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import org.jspecify.annotations.Nullable;

/** Decides which visitor a submission is from, within the limits of the privacy settings. Not thread-safe. */
final class Visitors {
    private final EnrichSettings settings;
    private final VisitorIds visitorIds;
    private final Sessions sessions;

    Visitors(EnrichSettings settings, VisitorIds visitorIds, Sessions sessions) {
        this.settings = settings;
        this.visitorIds = visitorIds;
        this.sessions = sessions;
    }

    /** Returns the signed-in user, or null if there is none or the user must not be identified. */
    @Nullable
    String user(Submission submission) {
        if (settings.identity() != Identity.USER || isAnonymous(submission.client())) {
            return null;
        }
        String known = submission.client().user();
        return known != null ? known : submission.context().user();
    }

    /** Returns the pseudonym of the visitor of a new page view. */
    String visitor(Submission submission, String site, @Nullable String user) {
        if (user != null) {
            return UserPseudonym.of(site, user, settings.secret());
        }
        ClientFacts client = submission.client();
        String stored = submission.context().visitor();
        if (settings.identity() == Identity.STORAGE && stored != null && !stored.isEmpty() && !isAnonymous(client)) {
            return stored;
        }
        long millis = submission.receivedMillis();
        String today = visitorIds.today(site, client, millis);
        if (sessions.find(today, millis) != null) {
            return today;
        }
        // A session that began before midnight continues under the pseudonym of the day on which it began.
        String yesterday = visitorIds.yesterday(site, client, millis);
        return yesterday != null && sessions.find(yesterday, millis) != null ? yesterday : today;
    }

    private boolean isAnonymous(ClientFacts client) {
        return client.gpc() && settings.gpc() == PrivacySignal.COOKIELESS
                || client.dnt() && settings.dnt() == PrivacySignal.COOKIELESS;
    }
}
