package io.webwatch.influxdb;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import io.webwatch.runtime.DaemonThreads;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Sends lines with the official client and waits for the response. Used by one thread; any thread may close it. */
final class WriteClient implements AutoCloseable {
    /** Maximum number of bytes that are read of a response. InfluxDB's are smaller; a larger one is a page of another server. */
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WriteClient.class);
    private static final long CANCEL_SECONDS = 2;
    private static final long MARGIN_MILLIS = 10_000;

    private final InfluxDbSettings settings;
    private final Answers answers;
    private final ExecutorService executor;
    private final InfluxDBClient client;
    private final WriteService service;

    WriteClient(InfluxDbSettings settings, InstantSource clock) {
        this.settings = settings;
        this.answers = new Answers(settings, clock);
        this.executor = executor();
        this.client = InfluxDBClientFactory.create(options(settings, executor)).enableGzip();
        this.service = client.getService(WriteService.class);
    }

    /**
     * Creates an executor with daemon threads, because those of the client's own executor would keep the application from
     * ending. Requests do not overlap, but the thread of the previous one may still be busy when the next one starts.
     */
    private static ExecutorService executor() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.named("webwatch-influxdb"));
    }

    private static InfluxDBClientOptions options(InfluxDbSettings settings, ExecutorService executor) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(executor))
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .followRedirects(false) // a redirected write would become a GET, to which any server may respond
                .followSslRedirects(false);
        InfluxDBClientOptions.Builder options = InfluxDBClientOptions.builder()
                .url(settings.url())
                .okHttpClient(http)
                .bucket(settings.bucket());
        if (settings.token() != null) {
            options.authenticateToken(settings.token().toCharArray());
        }
        if (settings.org() != null) {
            options.org(settings.org());
        }
        return options.build();
    }

    /** Returns the official client. */
    InfluxDBClient client() {
        return client;
    }

    /**
     * Writes lines. The client ends a request at its time-out. If it does not, because its thread has failed, the request
     * is cancelled a little later.
     *
     * @throws InterruptedException if interrupted while waiting; the request is cancelled
     */
    Answer write(RequestBody lines) throws InterruptedException {
        Call<ResponseBody> call = service.write(settings.org(), settings.bucket(), "ns", lines);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call.enqueue(new Callback<>() {
            @Override
            public void onResponse(Call<ResponseBody> answered, Response<ResponseBody> response) {
                try {
                    answer.complete(read(response));
                } catch (IOException | RuntimeException e) {
                    answer.complete(answers.unreachable(e));
                } catch (Error e) { // the sink's thread must not wait forever
                    answer.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call<ResponseBody> failed, Throwable e) {
                answer.complete(answers.unreachable(e instanceof Exception known ? known : new IOException(e)));
            }
        });
        try {
            return answer.get(settings.timeout().toMillis() + MARGIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel();
            return answers.unreachable(new SocketTimeoutException());
        } catch (InterruptedException e) {
            call.cancel();
            await(answer);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not read the response of InfluxDB: " + e.getCause(), e);
        }
    }

    /** Waits until the cancelled request no longer reads the lines. */
    private static void await(CompletableFuture<Answer> answer) {
        try {
            answer.get(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.debug("A cancelled write to InfluxDB has not ended yet: {}", e.toString());
        }
    }

    private Answer read(Response<ResponseBody> response) throws IOException {
        String body;
        try (ResponseBody success = response.body();
                ResponseBody error = response.errorBody()) {
            ResponseBody any = success == null ? error : success;
            body = any == null ? "" : beginning(any.source());
        }
        return answers.of(
                response.code(),
                body,
                response.headers().get("Retry-After"),
                response.headers().get("Location"));
    }

    private static String beginning(BufferedSource source) throws IOException {
        source.request(MAX_ANSWER_BYTES);
        return source.readUtf8(Math.min(MAX_ANSWER_BYTES, source.getBuffer().size()));
    }

    @Override
    public void close() {
        client.close();
        executor.shutdown();
    }

    @Override
    public String toString() {
        return "WriteClient[" + settings.url() + "]";
    }
}
