package io.webwatch.servlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class AsyncAnswerTest {
    private static final byte[] SMALL = "small".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LARGE = new byte[100];
    private static final byte[] LATE = "late".getBytes(StandardCharsets.UTF_8);

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final ServletOutputStream out = mock(ServletOutputStream.class);
    private final AsyncContext context = mock(AsyncContext.class);
    private final AtomicInteger abandonments = new AtomicInteger();
    private AsyncListener container;
    private AsyncAnswer answer;

    @BeforeEach
    void start() throws IOException {
        when(request.startAsync(request, response)).thenReturn(context);
        when(response.getOutputStream()).thenReturn(out);
        when(response.getBufferSize()).thenReturn(LARGE.length);
        doAnswer(call -> {
                    call.<Runnable>getArgument(0).run();
                    return null;
                })
                .when(context)
                .start(any());
        answer = AsyncAnswer.start(request, response, Duration.ofSeconds(3), ignored -> LATE);
        answer.onAbandoned(abandonments::incrementAndGet);
        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(context).addListener(listener.capture());
        container = listener.getValue();
        verify(context).setTimeout(3_000);
    }

    private AsyncEvent event() {
        return new AsyncEvent(context);
    }

    @Test
    void reply_isSentOnceAndCompletes() throws IOException {
        answer.send(ignored -> SMALL);
        answer.send(ignored -> LATE);
        container.onComplete(event());

        verify(out).write(SMALL);
        verify(out, never()).write(LATE);
        verify(context).complete();
        assertThat(abandonments).hasValue(0);
    }

    @Test
    void preparedReply_onlyCompletes() throws IOException {
        answer.send(Reply.PREPARED);

        verify(context).complete();
        verify(context, never()).start(any());
        verify(response, never()).getOutputStream();
    }

    @Test
    void timeout_sendsTheFallbackAndIgnoresALaterReply() throws IOException {
        container.onTimeout(event());
        answer.send(ignored -> SMALL);

        verify(out).write(LATE);
        verify(out, never()).write(SMALL);
        verify(context).complete();
        assertThat(abandonments).hasValue(1);
    }

    @Test
    void replyRefusedByTheContainer_isSentByTheTimeout() throws IOException {
        doThrow(new IllegalStateException("timing out")).when(context).start(any());
        answer.send(ignored -> SMALL);
        verify(out, never()).write(SMALL);

        container.onTimeout(event());
        verify(out).write(SMALL);
        verify(context).complete();
        assertThat(abandonments).hasValue(0);
    }

    @Test
    void completionRefusedByTheContainer_isRepeatedByTheTimeout() throws IOException {
        doThrow(new IllegalStateException("timing out"))
                .doNothing()
                .when(context)
                .complete();
        answer.send(ignored -> SMALL);
        container.onTimeout(event());

        verify(out, times(1)).write(SMALL);
        verify(context, times(2)).complete();
    }

    @Test
    void error_completesEvenAfterAReply() throws IOException {
        answer.send(ignored -> SMALL);
        container.onError(event());

        verify(out, times(1)).write(SMALL);
        verify(context, times(2)).complete();
    }

    @Test
    void clientThatWentAway_isCompleted() throws IOException {
        doThrow(new IOException("reset")).when(out).write(SMALL);
        answer.send(ignored -> SMALL);

        verify(context).complete();
    }

    @Test
    void abandonment_isReportedOnce_alsoToALateAction() throws IOException {
        container.onError(event());
        container.onComplete(event());
        AtomicInteger late = new AtomicInteger();
        answer.onAbandoned(late::incrementAndGet);

        assertThat(abandonments).hasValue(1);
        assertThat(late).hasValue(1);
    }

    @Test
    void largeBody_isWrittenWhenPossible() throws IOException {
        answer.send(ignored -> LARGE);
        verify(out, never()).write(LARGE);
        verify(context, never()).complete();

        ArgumentCaptor<WriteListener> listener = ArgumentCaptor.forClass(WriteListener.class);
        verify(out).setWriteListener(listener.capture());
        when(out.isReady()).thenReturn(true, false);
        listener.getValue().onWritePossible();
        verify(out).write(LARGE);
        verify(context, never()).complete();

        when(out.isReady()).thenReturn(true);
        listener.getValue().onWritePossible();
        verify(out, times(1)).write(LARGE);
        verify(context).complete();
    }

    @Test
    void clientThatGoesAwayDuringALargeBody_isCompleted() throws IOException {
        doNothing().when(context).complete();
        answer.send(ignored -> LARGE);
        ArgumentCaptor<WriteListener> listener = ArgumentCaptor.forClass(WriteListener.class);
        verify(out).setWriteListener(listener.capture());
        listener.getValue().onError(new IOException("reset"));

        verify(context).complete();
    }
}
