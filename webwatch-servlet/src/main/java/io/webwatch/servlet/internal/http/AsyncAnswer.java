package io.webwatch.servlet.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Sends one body and completes, so that a slow client keeps no thread. */
public final class AsyncAnswer implements WriteListener {
    private final AsyncContext context;
    private final ServletOutputStream out;
    private final byte[] body;
    private boolean written;
    private boolean done;

    private AsyncAnswer(AsyncContext context, ServletOutputStream out, byte[] body) {
        this.context = context;
        this.out = out;
        this.body = body;
    }

    public static void send(AsyncContext context, byte[] body) throws IOException {
        ServletOutputStream out = context.getResponse().getOutputStream();
        out.setWriteListener(new AsyncAnswer(context, out, body));
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        while (!done && out.isReady()) {
            if (written) {
                complete();
            } else {
                written = true;
                out.write(body);
            }
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!done) {
            complete();
        }
    }

    private void complete() {
        done = true;
        context.complete();
    }
}
