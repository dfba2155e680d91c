package io.webwatch.influxdb;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import java.io.IOException;
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

/** Sends lines through the official client, and waits for the answer. One thread writes; any may close. */
final class WriteClient implements AutoCloseable {
    /** An answer beyond this is not read: it is another server's page. */
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WriteClient.class);
    private static final long CANCEL_SECONDS = 2;

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
     * Daemons, unlike the client's own, so that they do not hold up the end of the application. There is one request at a
     * time; but its thread may still end when the next one begins.
     */
    private static ExecutorService executor() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "webwatch-influxdb");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static InfluxDBClientOptions options(InfluxDbSettings settings, ExecutorService executor) {
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(executor))
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .followRedirects(false) // a redirected write would end as a GET that anything may answer
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

    /** The client behind it. */
    InfluxDBClient client() {
        return client;
    }

    Answers answers() {
        return answers;
    }

    /**
     * Writes lines.
     *
     * @throws InterruptedException when interrupted while waiting; the request is cancelled then
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
                }
            }

            @Override
            public void onFailure(Call<ResponseBody> failed, Throwable e) {
                answer.complete(answers.unreachable(e instanceof Exception known ? known : new IOException(e)));
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            call.cancel();
            await(answer);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with a failure", e);
        }
    }

    /** Waits until the cancelled request has let go of the lines. */
    private static void await(CompletableFuture<Answer> answer) {
        try {
            answer.get(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.debug("A cancelled write has not ended: {}", e.toString());
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
