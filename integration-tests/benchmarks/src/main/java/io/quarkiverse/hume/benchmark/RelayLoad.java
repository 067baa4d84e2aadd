package io.quarkiverse.hume.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * The load of browsers: sockets that send audio in real time, uploads, and sockets for which the browser or Hume does not read.
 */
final class RelayLoad {

    static final int SOCKET_BUFFER = 64 * 1024;
    static final int LARGE_FRAME = 32 * 1024;

    private static final int SOCKETS = 200;
    /** The size of a frame, which is sent ten times a second: 16-bit audio at 16 kHz. */
    private static final int FRAME = 3_200;
    private static final int FRAME_MILLIS = 100;
    private static final int UPLOADS = 50;
    private static final int UPLOAD_SIZE = 20 << 20;
    private static final int PIECE = 64 * 1024;
    private static final int SLOW_SOCKETS = 20;
    private static final long SLOW_LIMIT = 16L << 20;
    private static final String USER = "Basic " + Base64.getEncoder().encodeToString("alice:alice".getBytes(
            StandardCharsets.US_ASCII));

    /** The destination of the load. */
    record Target(int port, String socket, String upload) {
    }

    /**
     * The results of the load.
     *
     * @param median the median time until the answer to a frame in milliseconds, when there are no uploads
     * @param medianWithUploads the same during the uploads
     * @param uploadRate the rate of all uploads together in MB per second
     * @param failures the number of sockets that were closed, frames without an answer, and failed uploads
     */
    record Figures(double median, double slowest, double medianWithUploads, double slowestWithUploads, double uploadRate,
            int failures) {
    }

    /** A socket, and the context on which to write to it with back-pressure. */
    private record Connection(WebSocket socket, Context context) {
    }

    private record Answer(long sentAt, long nanos) {
    }

    private final Vertx vertx;
    private final RelayHume hume;
    private final Target target;
    private final WebSocketClient sockets;
    private final HttpClient uploads;
    private final AtomicInteger failures = new AtomicInteger();

    RelayLoad(Vertx vertx, RelayHume hume, Target target) {
        this.vertx = vertx;
        this.hume = hume;
        this.target = target;
        WebSocketClientOptions options = new WebSocketClientOptions();
        options.setMaxConnections(10_000).setReceiveBufferSize(SOCKET_BUFFER).setSendBufferSize(SOCKET_BUFFER);
        this.sockets = vertx.createWebSocketClient(options);
        this.uploads = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(UPLOADS));
    }

    /** Sends audio for the given time, and starts all uploads at the same time after a third of it. */
    Figures sound(int seconds) throws InterruptedException {
        hume.reset(RelayHume.Mode.ANSWER, 0);
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        AtomicInteger sent = new AtomicInteger();
        List<WebSocket> open = connect(SOCKETS).stream().map(Connection::socket).toList();
        AtomicInteger ended = new AtomicInteger();
        for (WebSocket socket : open) {
            socket.binaryMessageHandler(answer -> {
                long at = answer.getLong(0);
                answers.add(new Answer(at, System.nanoTime() - at));
            });
            socket.closeHandler(closed -> ended.incrementAndGet());
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < open.size(); i++) {
            WebSocket socket = open.get(i);
            // The starts are distributed over the time between two frames, as those of users are.
            vertx.setTimer(1 + (long) i * FRAME_MILLIS / open.size(), first -> vertx.setPeriodic(FRAME_MILLIS, id -> {
                if (System.nanoTime() > end || socket.isClosed()) {
                    vertx.cancelTimer(id);
                    return;
                }
                sent.incrementAndGet();
                socket.writeBinaryMessage(Buffer.buffer(FRAME).appendLong(System.nanoTime())
                        .appendBytes(new byte[FRAME - Long.BYTES]));
            }));
        }
        TimeUnit.MILLISECONDS.sleep(seconds * 1_000L / 3);
        long uploadsFrom = System.nanoTime();
        uploadAll();
        long uploadsTo = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
        await(10, () -> answers.size() - sent.get());
        failures.addAndGet(ended.get() + sent.get() - answers.size());
        open.forEach(WebSocket::close);
        double[] during = millis(answers.stream().filter(
                answer -> answer.sentAt >= uploadsFrom && answer.sentAt <= uploadsTo).toList());
        double[] outside = millis(answers.stream().filter(
                answer -> answer.sentAt < uploadsFrom || answer.sentAt > uploadsTo).toList());
        double rate = (double) UPLOADS * UPLOAD_SIZE / (1 << 20) / ((uploadsTo - uploadsFrom) / 1e9);
        return new Figures(percentile(outside, 0.5), percentile(outside, 0.99), percentile(during, 0.5),
                percentile(during, 0.99), rate, failures.get());
    }

    /** @return the amount of data that Hume could send while the browser reads nothing, in MB per socket */
    double slowBrowser(Runnable whileHeld) throws InterruptedException {
        hume.reset(RelayHume.Mode.SEND, SLOW_LIMIT);
        return held(hume.sent, connect(SLOW_SOCKETS), whileHeld);
    }

    /** @return the amount of data that the browser could send while Hume reads nothing, in MB per socket */
    double slowHume(Runnable whileHeld) throws InterruptedException {
        hume.reset(RelayHume.Mode.STALL, 0);
        List<Connection> open = connect(SLOW_SOCKETS);
        AtomicLong sent = new AtomicLong();
        open.forEach(connection -> connection.context.runOnContext(
                start -> RelayHume.send(connection.socket, SLOW_LIMIT, new AtomicLong(), sent)));
        return held(sent, open, whileHeld);
    }

    /** Waits until the sender makes no progress for two seconds. */
    private static double held(AtomicLong sent, List<Connection> open, Runnable whileHeld) throws InterruptedException {
        long last = -1;
        for (int second = 0; second < 20 && last != sent.get(); second += 2) {
            last = sent.get();
            TimeUnit.SECONDS.sleep(2);
        }
        whileHeld.run();
        double megabytes = (double) sent.get() / Math.max(1, open.size()) / (1 << 20);
        open.forEach(connection -> {
            connection.socket.resume();
            connection.socket.close();
        });
        return megabytes;
    }

    int failures() {
        return failures.get();
    }

    void close() {
        sockets.close();
        uploads.close();
    }

    /** Opens sockets. They are paused only if Hume has to send more than the browser reads. */
    private List<Connection> connect(int number) throws InterruptedException {
        List<CompletableFuture<Connection>> opening = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            WebSocketConnectOptions options = new WebSocketConnectOptions();
            options.setHost("127.0.0.1").setPort(target.port()).setURI(target.socket()).putHeader("Authorization", USER);
            opening.add(sockets.connect(options).map(socket -> {
                socket.exceptionHandler(broken -> {
                    // The failure is counted when the socket ends.
                });
                if (hume.mode == RelayHume.Mode.SEND) {
                    socket.pause();
                }
                return new Connection(socket, Vertx.currentContext());
            }).toCompletionStage().toCompletableFuture());
        }
        return completed(opening, 30);
    }

    private void uploadAll() throws InterruptedException {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            answers.add(uploads.request(HttpMethod.POST, target.port(), "127.0.0.1", target.upload()).compose(request -> {
                request.putHeader("Authorization", USER).putHeader("Content-Type", "application/octet-stream")
                        .putHeader("Content-Length", String.valueOf(UPLOAD_SIZE));
                write(request, new AtomicLong());
                return request.response();
            }).compose(response -> response.body().map(body -> body.toString().contains("\"file_bytes\":" + UPLOAD_SIZE)
                    ? response.statusCode()
                    : -1)).toCompletionStage().toCompletableFuture());
        }
        completed(answers, 120).stream().filter(status -> status != 200).forEach(other -> failures.incrementAndGet());
    }

    /** Returns the results that complete within the given time. The others count as failures. */
    private <T> List<T> completed(List<CompletableFuture<T>> all, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<T> completed = new ArrayList<>();
        for (CompletableFuture<T> one : all) {
            try {
                completed.add(one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                failures.incrementAndGet();
            }
        }
        return completed;
    }

    private static void write(HttpClientRequest request, AtomicLong written) {
        while (written.get() < UPLOAD_SIZE) {
            if (request.writeQueueFull()) {
                request.drainHandler(drained -> write(request, written));
                return;
            }
            request.write(Buffer.buffer(new byte[PIECE]));
            written.addAndGet(PIECE);
        }
        request.end();
    }

    private static void await(int seconds, LongSupplier missing) throws InterruptedException {
        for (int i = 0; i < seconds * 10 && missing.getAsLong() < 0; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static double[] millis(List<Answer> answers) {
        double[] sorted = answers.stream().mapToDouble(answer -> answer.nanos / 1e6).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double percentile(double[] sorted, double which) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (which * (sorted.length - 1))];
    }
}
