package io.webwatch.duckdb;

import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.query.Dimension;
import org.jspecify.annotations.Nullable;

/** The values of dimensions in {@link QueryModel}. */
final class ModelValues {
    private ModelValues() {}

    static @Nullable String of(Dimension dimension, Event event) {
        EventContext context = event.context();
        EventContext.Page page = context.page();
        EventContext.Acquisition acquisition = context.acquisition();
        EventContext.Client client = context.client();
        EventData data = event.data();
        return switch (dimension) {
            case SITE -> context.site();
            case TYPE -> event.type().id();
            case HOST -> page.host();
            case PATH -> page.path();
            case ROUTE -> page.route();
            case TITLE -> page.title();
            case REFERRER -> page.referrer();
            case CHANNEL -> acquisition.channel();
            case UTM_SOURCE -> acquisition.utmSource();
            case UTM_MEDIUM -> acquisition.utmMedium();
            case UTM_CAMPAIGN -> acquisition.utmCampaign();
            case DEVICE -> client.device().id();
            case BROWSER -> client.browser();
            case OS -> client.os();
            case COUNTRY -> context.location().country();
            case LANGUAGE -> client.language();
            case SCREEN ->
                client.screenWidth() == 0 || client.screenHeight() == 0
                        ? null
                        : client.screenWidth() + "x" + client.screenHeight();
            case ELEMENT ->
                data instanceof Click click ? click.element() : data instanceof Hover hover ? hover.element() : null;
            case NAME -> data instanceof Custom custom ? custom.name() : null;
            case FILE -> data instanceof Download download ? download.file() : null;
            case FORM -> data instanceof Form form ? form.form() : null;
            case MEDIA -> data instanceof Media media ? media.media() : null;
            case IMAGE -> data instanceof ImageView view ? view.image() : null;
            case USER -> context.user();
            case BOT -> context.bot();
            case ENTRY_PAGE, EXIT_PAGE -> throw new IllegalArgumentException(dimension + " is of a session");
        };
    }
}
