package io.webwatch.intake;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.BotPolicy;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.ring.Offer;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts events from request threads and application code, and hands them to the ring. It decodes the body of a
 * request, applies the rules for bots and privacy signals, and counts every event that it does not accept.
 *
 * <p>Thread-safe. Never blocks, and never throws because of what a client sent.
 */
public final class Intake {
    /** Estimated size of an event, and of the context that the events of a request share, without their texts. */
    private static final int OBJECT_BYTES = 256;
    /** Estimated size of the texts of an event that did not come in a body. */
    private static final int TEXT_BYTES = 512;

    private final BatchDecoder decoder = new BatchDecoder();
    private final Bots bots = new Bots();
    private final LongAdder accepted = new LongAdder();
    private final SubmissionRing<Submission> ring;
    private final DropCounters drops;
    private final InstantSource clock;
    private final @Nullable BooleanSupplier journalHasRoom;
    private final boolean dropBots;
    private final boolean dropGpc;
    private final boolean dropDnt;
    private volatile boolean closed;

    /**
     * Creates an intake for a ring.
     *
     * @param journalHasRoom whether the journal can be written; null in fast mode, in which requests do not wait for it
     */
    public Intake(
            WebWatchConfig config,
            SubmissionRing<Submission> ring,
            DropCounters drops,
            InstantSource clock,
            @Nullable BooleanSupplier journalHasRoom) {
        this.ring = ring;
        this.drops = drops;
        this.clock = clock;
        this.journalHasRoom = journalHasRoom;
        this.dropBots = config.get(WebWatchProperties.PRIVACY_BOTS) == BotPolicy.DROP;
        this.dropGpc = config.get(WebWatchProperties.PRIVACY_GPC) == PrivacySignal.DROP;
        this.dropDnt = config.get(WebWatchProperties.PRIVACY_DNT) == PrivacySignal.DROP;
    }

    /** Accepts the body of a request, without waiting for the journal in durable mode. */
    public Acceptance accept(byte[] body, int offset, int length, ClientFacts client) {
        return accept(body, offset, length, client, null);
    }

    /**
     * Accepts the body of a request. In durable mode the stage completes when the events are on disk, or when it is
     * certain that they will not be; otherwise it is complete on return.
     */
    public CompletionStage<Acceptance> submit(byte[] body, int offset, int length, ClientFacts client) {
        if (!isDurable()) {
            return CompletableFuture.completedStage(accept(body, offset, length, client));
        }
        CompletableFuture<Optional<DropReason>> decision = new CompletableFuture<>();
        Acceptance acceptance =
                accept(body, offset, length, client, refusal -> decision.complete(Optional.ofNullable(refusal)));
        if (acceptance.accepted() == 0) {
            return CompletableFuture.completedStage(acceptance);
        }
        return decision.thenApply(
                refusal -> refusal.map(reason -> revoked(acceptance, reason)).orElse(acceptance));
    }

    /**
     * Accepts a single event that did not come in a body.
     *
     * @param context see {@link #pageContext}
     */
    public Acceptance accept(WireContext context, WireEvent event, ClientFacts client) {
        return offer(context, List.of(event), client, 0, TEXT_BYTES, null);
    }

    /** Returns a context about which nothing but the page is known. */
    public static WireContext pageContext(
            String pageView, String url, @Nullable String referrer, @Nullable String title) {
        return new WireContext(pageView, url, referrer, title, null, null, null, 0, 0, 0, 0, 0, null, null, null);
    }

    /** Returns whether a request is answered only after its events are on disk. */
    public boolean isDurable() {
        return journalHasRoom != null;
    }

    /** Returns the number of events accepted so far. */
    public long accepted() {
        return accepted.sum();
    }

    /** Refuses everything from now on with {@link DropReason#CLOSED}. The events in the ring are not affected. */
    public void close() {
        closed = true;
        ring.close();
    }

    private Acceptance accept(
            byte[] body, int offset, int length, ClientFacts client, Submission.@Nullable Outcome outcome) {
        WireBatch batch;
        try {
            batch = decoder.decode(body, offset, length);
        } catch (MalformedBatchException e) {
            drops.add(DropReason.MALFORMED, 1);
            return new Acceptance(DropReason.MALFORMED, 0, Map.of(), e.getMessage());
        }
        drops.add(DropReason.INVALID, batch.invalid());
        int textBytes = 2 * length; // a byte of the body becomes at most two bytes of a String
        return offer(batch.context(), batch.events(), client, batch.invalid(), textBytes, outcome);
    }

    private Acceptance offer(
            WireContext context,
            List<WireEvent> events,
            ClientFacts client,
            int invalid,
            int textBytes,
            Submission.@Nullable Outcome outcome) {
        String bot = client == ClientFacts.APPLICATION ? null : bots.reason(client);
        DropReason unwanted = unwanted(client, bot);
        if (events.isEmpty() || unwanted != null) {
            return dropped(events.size(), unwanted, invalid);
        }
        if (journalHasRoom != null && !journalHasRoom.getAsBoolean()) {
            return refused(closed ? DropReason.CLOSED : DropReason.JOURNAL_FULL, events.size());
        }
        int bytes = OBJECT_BYTES * (events.size() + 1) + textBytes;
        Offer offer = ring.offer(new Submission(context, events, client, clock.millis(), bytes, bot, outcome));
        if (offer != Offer.ACCEPTED) {
            return refused(offer == Offer.FULL ? DropReason.BUFFER_FULL : DropReason.CLOSED, events.size());
        }
        accepted.add(events.size());
        return new Acceptance(null, events.size(), invalid == 0 ? Map.of() : Map.of(DropReason.INVALID, invalid), null);
    }

    private @Nullable DropReason unwanted(ClientFacts client, @Nullable String bot) {
        if (client.gpc() && dropGpc || client.dnt() && dropDnt) {
            return DropReason.PRIVACY;
        }
        return bot != null && dropBots ? DropReason.BOT : null;
    }

    /** The client is not asked to send the events again, so that the batch counts as accepted. */
    private Acceptance dropped(int events, @Nullable DropReason unwanted, int invalid) {
        Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
        if (invalid > 0) {
            dropped.put(DropReason.INVALID, invalid);
        }
        if (unwanted != null && events > 0) {
            drops.add(unwanted, events);
            dropped.put(unwanted, events);
        }
        return new Acceptance(null, 0, dropped, null);
    }

    private Acceptance refused(DropReason reason, int events) {
        drops.add(reason, events);
        return refusal(reason);
    }

    /** The batcher, which could not write the events to the journal, has already counted them as dropped. */
    private Acceptance revoked(Acceptance acceptance, DropReason reason) {
        accepted.add(-acceptance.accepted());
        return refusal(reason);
    }

    private static Acceptance refusal(DropReason reason) {
        return new Acceptance(reason, 0, Map.of(), "No event was accepted: " + reason.explanation() + ".");
    }
}
