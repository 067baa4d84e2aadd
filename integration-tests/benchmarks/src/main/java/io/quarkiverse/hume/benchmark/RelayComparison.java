package io.quarkiverse.hume.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.quarkiverse.hume.benchmark.RelayLoad.Figures;
import io.quarkiverse.hume.benchmark.RelayLoad.Target;
import io.vertx.core.Vertx;

/**
 * Compares the same load without a relay, with a handwritten relay and with the relay of the extension, in alternation. The
 * relays run in a separate process with a heap of 256 MB; the browsers and the server that replaces Hume run in this process.
 */
final class RelayComparison {

    private static final int SECONDS = Integer.getInteger("relay.seconds", 60);
    private static final int WARM_UP_SECONDS = 5;
    private static final int ROUNDS = Integer.getInteger("relay.rounds", 3);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Pattern COLLECTION = Pattern.compile("\\[(\\d+)[.,]\\d+s].*Pause.* \\d+M->(\\d+)M\\(");

    /**
     * The results of one round with one variant.
     *
     * @param heapBefore the used heap in MB after a garbage collection when the load starts
     * @param heapDuring the maximum used heap in MB after garbage collections during the load
     * @param resident the maximum resident memory of the process in MB
     * @param outOfMemory the number of log lines that report exhausted memory
     */
    private record Round(Figures load, Slow browser, Slow hume, double heapBefore, double heapDuring, double heapAfter,
            double resident, double blocked, double outOfMemory, double failures) {
    }

    /**
     * The results while one side does not read.
     *
     * @param sent the amount of data that the other side could send, in MB per socket
     * @param memory the memory of the process at that time in MB: the used heap after a garbage collection, and the buffers of
     *        Netty
     */
    private record Slow(double sent, double memory) {
    }

    private record Row(String name, String format, ToDoubleFunction<Round> figure) {
    }

    private static final List<Row> ROWS = List.of(
            new Row("frame and answer, median (ms)", "%.2f", round -> round.load.median()),
            new Row("frame and answer, p99 (ms)", "%.1f", round -> round.load.slowest()),
            new Row("the same during the uploads, median (ms)", "%.2f", round -> round.load.medianWithUploads()),
            new Row("the same during the uploads, p99 (ms)", "%.1f", round -> round.load.slowestWithUploads()),
            new Row("uploads (MB/s)", "%.0f", round -> round.load.uploadRate()),
            new Row("failures", "%.0f", Round::failures),
            new Row("heap after GC, before the load (MB)", "%.0f", Round::heapBefore),
            new Row("heap after GC, most during the load (MB)", "%.0f", Round::heapDuring),
            new Row("heap after GC, after the load (MB)", "%.0f", Round::heapAfter),
            new Row("memory of the process, most (MB)", "%.0f", Round::resident),
            new Row("blocked event loops", "%.0f", Round::blocked),
            new Row("slow browser: sent by Hume (MB for each socket)", "%.1f", round -> round.browser.sent),
            new Row("slow browser: heap and buffers meanwhile (MB)", "%.0f", round -> round.browser.memory),
            new Row("slow Hume: sent by the browser (MB for each socket)", "%.1f", round -> round.hume.sent),
            new Row("slow Hume: heap and buffers meanwhile (MB)", "%.0f", round -> round.hume.memory),
            new Row("messages about exhausted memory", "%.0f", Round::outOfMemory));

    private final Path modules;
    private final Vertx vertx = Vertx.vertx();
    private final RelayHume hume = new RelayHume(vertx);

    RelayComparison(Path modules) {
        this.modules = modules;
    }

    void print() throws IOException, InterruptedException {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            add(rounds, "no relay", direct());
            add(rounds, "written by hand", relayed("/measurements", "/uploads"));
            add(rounds, "quarkus-hume", relayed("/hume/relay/v1/expression/audio/realtime",
                    "/hume/relay/v0/decisions/file"));
        }
        StringBuilder table = new StringBuilder("\n| Median of " + ROUNDS + " rounds of " + SECONDS + " s | "
                + String.join(" | ", rounds.keySet()) + " | by hand / quarkus-hume |\n|---|---|---|---|---|\n");
        for (Row row : ROWS) {
            List<Double> medians = rounds.values().stream().map(of -> median(of, row.figure)).toList();
            table.append("| ").append(row.name);
            medians.forEach(median -> table.append(" | ").append(median.isNaN() ? "" : format(row.format, median)));
            double ratio = medians.get(1) / medians.get(2);
            table.append(" | ").append(Double.isFinite(ratio) ? format("%.2f", ratio) : "").append(" |\n");
        }
        System.out.println(table);
        vertx.close();
    }

    private static void add(Map<String, List<Round>> rounds, String variant, Round round) {
        rounds.computeIfAbsent(variant, name -> new ArrayList<>()).add(round);
        System.out.println(variant + ": " + round);
    }

    private static String format(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private Round direct() throws InterruptedException {
        RelayLoad load = new RelayLoad(vertx, hume, new Target(hume.port(), "/v1/expression/audio/realtime",
                "/v0/decisions/file"));
        load.sound(WARM_UP_SECONDS);
        int warmedUp = load.failures();
        Figures figures = load.sound(SECONDS);
        Slow slowBrowser = new Slow(load.slowBrowser(() -> {
        }), Double.NaN);
        Slow slowHume = new Slow(load.slowHume(() -> {
        }), Double.NaN);
        load.close();
        return new Round(figures, slowBrowser, slowHume, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, load.failures() - warmedUp);
    }

    private Round relayed(String socket, String upload) throws IOException, InterruptedException {
        Path collections = Files.createTempFile("relay", ".gc");
        Path jar = modules.resolve("relay/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Xlog:gc:file=" + collections + ":uptime", "-Dquarkus.http.port=0",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dbenchmark.url=http://127.0.0.1:" + hume.port(), "-jar", jar.toString()).redirectErrorStream(true);
        // The application runs with the defaults of the JVM, regardless of the options of this process.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            Log log = new Log(process);
            int port = log.port.get(60, TimeUnit.SECONDS);
            RelayLoad load = new RelayLoad(vertx, hume, new Target(port, socket, upload));
            load.sound(WARM_UP_SECONDS);
            double before = memory(port)[0];
            int warmedUp = load.failures();
            double from = (System.nanoTime() - start) / 1e9;
            Figures figures = load.sound(SECONDS);
            double to = (System.nanoTime() - start) / 1e9;
            double after = memory(port)[0];
            double[] held = new double[2];
            Slow slowBrowser = new Slow(load.slowBrowser(() -> held[0] = DoubleStream.of(memory(port)).sum()), held[0]);
            Slow slowHume = new Slow(load.slowHume(() -> held[1] = DoubleStream.of(memory(port)).sum()), held[1]);
            double resident = resident(process.pid());
            load.close();
            return new Round(figures, slowBrowser, slowHume, before, most(collections, from, to), after, resident,
                    log.blocked.get(), log.outOfMemory.get(), load.failures() - warmedUp);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The application with the relays did not start", e);
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(collections);
        }
    }

    /** Reads the output of the application. */
    private static final class Log {

        private final CompletableFuture<Integer> port = new CompletableFuture<>();
        private final AtomicInteger blocked = new AtomicInteger();
        private final AtomicInteger outOfMemory = new AtomicInteger();

        private Log(Process process) {
            Thread reader = new Thread(() -> read(process), "output of the application");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Process process) {
            try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    Matcher listening = LISTENING.matcher(line);
                    if (listening.find()) {
                        port.complete(Integer.valueOf(listening.group(1)));
                    }
                    if (line.contains("has been blocked for")) {
                        blocked.incrementAndGet();
                    }
                    if (line.contains("OutOfMemory") || line.contains("OutOfDirectMemory")) {
                        outOfMemory.incrementAndGet();
                    }
                }
            } catch (IOException e) {
                port.completeExceptionally(e);
            }
        }
    }

    /** Returns the used heap and the buffers of Netty in MB. */
    private static double[] memory(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/memory"))
                .timeout(Duration.ofSeconds(20)).build();
        try {
            return Stream.of(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body().split(" "))
                    .mapToDouble(bytes -> Double.parseDouble(bytes) / (1 << 20)).toArray();
        } catch (IOException | NumberFormatException e) {
            return new double[] { Double.NaN, Double.NaN }; // The application has ended under the load.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double most(Path collections, double from, double to) throws IOException {
        return Files.readAllLines(collections).stream().map(COLLECTION::matcher).filter(Matcher::find)
                .filter(line -> Double.parseDouble(line.group(1)) >= from && Double.parseDouble(line.group(1)) <= to)
                .mapToDouble(line -> Double.parseDouble(line.group(2))).max().orElse(Double.NaN);
    }

    private static double resident(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return !Files.exists(status) ? Double.NaN
                : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", "")).mapToDouble(Double::parseDouble).findFirst()
                        .orElse(Double.NaN) / 1024;
    }
}
