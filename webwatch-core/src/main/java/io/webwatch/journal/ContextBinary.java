package io.webwatch.journal;

import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.Acquisition;
import io.webwatch.event.EventContext.Client;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventContext.Location;
import io.webwatch.event.EventContext.Page;
import java.io.IOException;

/** The binary form of an event's context. */
final class ContextBinary {
    private ContextBinary() {}

    static void write(EventContext context, BinaryWriter out) {
        out.text(context.site());
        out.text(context.visitor());
        out.text(context.session());
        out.text(context.user());
        Page page = context.page();
        out.text(page.id());
        out.text(page.host());
        out.text(page.path());
        out.text(page.route());
        out.text(page.title());
        out.text(page.referrer());
        Acquisition acquisition = context.acquisition();
        out.text(acquisition.channel());
        out.text(acquisition.utmSource());
        out.text(acquisition.utmMedium());
        out.text(acquisition.utmCampaign());
        out.text(acquisition.utmTerm());
        out.text(acquisition.utmContent());
        Client client = context.client();
        out.text(client.device().id());
        out.text(client.browser());
        out.text(client.browserVersion());
        out.text(client.os());
        out.text(client.osVersion());
        out.signed(client.screenWidth());
        out.signed(client.screenHeight());
        out.signed(client.viewportWidth());
        out.signed(client.viewportHeight());
        out.text(client.language());
        out.text(client.timeZone());
        Location location = context.location();
        out.text(location.country());
        out.text(location.region());
        out.text(location.city());
        out.text(context.bot());
    }

    static EventContext read(BinaryReader in) throws IOException {
        String site = in.required();
        String visitor = in.required();
        String session = in.required();
        String user = in.text();
        Page page = new Page(in.required(), in.text(), in.required(), in.required(), in.text(), in.text());
        Acquisition acquisition = new Acquisition(in.required(), in.text(), in.text(), in.text(), in.text(), in.text());
        Client client = new Client(
                device(in.required()),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.text(),
                in.text());
        Location location = new Location(in.text(), in.text(), in.text());
        return new EventContext(site, visitor, session, user, page, acquisition, client, location, in.text());
    }

    private static DeviceKind device(String id) throws IOException {
        DeviceKind kind = DeviceKind.byId(id);
        if (kind == null) {
            throw BinaryReader.damaged("an unknown kind of device");
        }
        return kind;
    }
}
