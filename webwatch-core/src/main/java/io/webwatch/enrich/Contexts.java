package io.webwatch.enrich;

import io.webwatch.event.Click;
import io.webwatch.event.Download;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.Client;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventContext.Location;
import io.webwatch.event.EventContext.Page;
import io.webwatch.event.EventData;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.ScriptError;
import io.webwatch.intake.Submission;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.WireContext;
import org.jspecify.annotations.Nullable;

/** Creates the context of events from what the client sent and what the server knows. Not thread-safe. */
final class Contexts {
    private static final int ROUTE = 512;
    private static final int CLIENTS = 1_024;

    private final EnrichSettings settings;
    private final UserAgents userAgents;
    private final Landings landings;
    private final @Nullable Client[] clients = new @Nullable Client[CLIENTS];

    Contexts(EnrichSettings settings, UserAgents userAgents) {
        this.settings = settings;
        this.userAgents = userAgents;
        this.landings = new Landings(settings.queryParams());
    }

    /** Returns the site of a submission. */
    String site(Submission submission) {
        String sent = submission.context().site();
        return sent == null || sent.isEmpty() ? settings.site() : sent;
    }

    EventContext create(Submission submission, String visitor, String session, @Nullable String user) {
        WireContext wire = submission.context();
        Landing landing = landings.of(wire.url(), wire.referrer());
        String host = landing.address().host();
        String route = wire.route();
        return new EventContext(
                site(submission),
                visitor,
                session,
                user,
                new Page(
                        wire.pageView(),
                        host == null ? submission.client().host() : host,
                        landing.address().path(),
                        route == null || route.isEmpty() ? landing.route() : PageAddress.cut(route, ROUTE),
                        wire.title(),
                        landing.referrer()),
                landing.acquisition(),
                client(wire, submission.client()),
                Location.UNKNOWN,
                submission.bot());
    }

    private Client client(WireContext wire, ClientFacts facts) {
        UserAgent agent = userAgents.parse(facts.userAgent());
        DeviceKind device = agent.device();
        String os = agent.os();
        if (device == DeviceKind.DESKTOP && wire.touchPoints() > 1 && os != null && os.startsWith("Mac")) {
            device = DeviceKind.TABLET; // an iPad that requests desktop pages
            os = "iOS";
        }
        return shared(new Client(
                device,
                agent.browser(),
                agent.browserVersion(),
                os,
                agent.osVersion(),
                wire.screenWidth(),
                wire.screenHeight(),
                wire.viewportWidth(),
                wire.viewportHeight(),
                wire.language() == null ? firstLanguage(facts.acceptLanguage()) : wire.language(),
                wire.timeZone()));
    }

    /** Returns an equal client that was seen before if possible, because each open session keeps its client in memory. */
    private Client shared(Client client) {
        int hash = client.hashCode();
        int slot = (hash ^ hash >>> 16) & CLIENTS - 1;
        Client known = clients[slot];
        if (known != null && client.equals(known)) {
            return known;
        }
        clients[slot] = client;
        return client;
    }

    private static @Nullable String firstLanguage(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int end = 0;
        while (end < header.length() && end < 35 && ",; ".indexOf(header.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : header.substring(0, end);
    }

    /** Removes query and fragment from all addresses in the data. */
    EventData withoutQueries(EventData data) {
        if (data instanceof Click click && hasQuery(click.href())) {
            return new Click(
                    click.element(),
                    click.tag(),
                    click.role(),
                    click.label(),
                    strip(click.href()),
                    click.outbound(),
                    click.x(),
                    click.y(),
                    click.box(),
                    click.rage(),
                    click.dead());
        }
        if (data instanceof Download download && hasQuery(download.url())) {
            return new Download(strip(download.url()), download.file(), download.extension());
        }
        if (data instanceof ImageView view && hasQuery(view.image())) {
            return new ImageView(stripAddress(view.image()), view.visibleMillis());
        }
        if (data instanceof Media media && hasQuery(media.media())) {
            return new Media(
                    media.type(),
                    stripAddress(media.media()),
                    media.provider(),
                    media.positionMillis(),
                    media.durationMillis(),
                    media.percent(),
                    media.watchedMillis());
        }
        if (data instanceof ScriptError error && hasQuery(error.source())) {
            return new ScriptError(error.message(), strip(error.source()), error.line());
        }
        return data;
    }

    /** Removes query and fragment from an address. A name or selector keeps its {@code #}, because no path precedes it. */
    private static String stripAddress(String text) {
        int fragment = text.indexOf('#');
        boolean isAddress = fragment < 0 || text.lastIndexOf('/', fragment) >= 0;
        int query = text.indexOf('?');
        return isAddress ? strip(text) : query < 0 ? text : text.substring(0, query);
    }

    private static boolean hasQuery(@Nullable String address) {
        return address != null && (address.indexOf('?') >= 0 || address.indexOf('#') >= 0);
    }

    private static String strip(@Nullable String address) {
        String text = address == null ? "" : address;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?' || c == '#') {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
