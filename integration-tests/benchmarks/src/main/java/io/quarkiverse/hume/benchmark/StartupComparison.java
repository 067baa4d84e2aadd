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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts the same small application without authentication, with the alternative and with this extension, in alternation. */
final class StartupComparison {

    private static final int ROUNDS = 31;
    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    /**
     * The results of one start.
     *
     * @param mainThreadSeconds the time that the main thread used a processor before the application listened
     */
    private record Start(double seconds, double mainThreadSeconds, double classes, double residentMegabytes) {
    }

    private final Path modules;

    StartupComparison(Path modules) {
        this.modules = modules;
    }

    void print() throws IOException, InterruptedException {
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : List.of("plain", "alternative", "ours")) {
                starts.computeIfAbsent(name, module -> new ArrayList<>()).add(start(name));
            }
        }
        System.out.println("\n| Application | Start (s, median and quartiles) | Of it, main thread on a processor (s)"
                + " | Classes after the first call | Resident (MiB) |\n|---|---|---|---|---|");
        starts.forEach((name, measured) -> System.out.println(String.format(Locale.ROOT,
                "| %s | %s | %s | %.0f | %.0f |", name, quartiles(measured, Start::seconds),
                quartiles(measured, Start::mainThreadSeconds), median(measured, Start::classes),
                median(measured, Start::residentMegabytes))));
        System.out.println(
                "\nAdded to the start without authentication, as the median and quartiles of the differences within each"
                        + " round:\n\n| Application | Start (s) | Of it, main thread on a processor (s) |\n|---|---|---|");
        for (String name : List.of("alternative", "ours")) {
            System.out.println(String.format(Locale.ROOT, "| %s | %s | %s |", name, added(starts, name, Start::seconds),
                    added(starts, name, Start::mainThreadSeconds)));
        }
        System.out.println(String.format(Locale.ROOT, "\nAdded by us in relation to the alternative: main thread %.2f, classes"
                + " %.2f, resident %.2f", relation(starts, Start::mainThreadSeconds), relation(starts, Start::classes),
                relation(starts, Start::residentMegabytes)));
    }

    private static double relation(Map<String, List<Start>> starts, ToDoubleFunction<Start> figure) {
        return median(differences(starts, "ours", figure), Double::doubleValue)
                / median(differences(starts, "alternative", figure), Double::doubleValue);
    }

    private static String added(Map<String, List<Start>> starts, String name, ToDoubleFunction<Start> figure) {
        return quartiles(differences(starts, name, figure), Double::doubleValue);
    }

    /** The starts of one round run directly after each other, so that a slow phase of the machine affects all of them. */
    private static List<Double> differences(Map<String, List<Start>> starts, String name, ToDoubleFunction<Start> figure) {
        List<Double> differences = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            differences.add(figure.applyAsDouble(starts.get(name).get(round))
                    - figure.applyAsDouble(starts.get("plain").get(round)));
        }
        return differences;
    }

    private Start start(String name) throws IOException, InterruptedException {
        Path jar = modules.resolve("startup-" + name).resolve("target/quarkus-app/quarkus-run.jar");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Xshare:auto", "-Dquarkus.http.port=0", "-Dbenchmark.url=" + System.getProperty("benchmark.url"), "-jar",
                jar.toString()).redirectErrorStream(true).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            double seconds = 0;
            int port = 0;
            for (String line = output.readLine(); line != null && port == 0; line = output.readLine()) {
                Matcher started = STARTED.matcher(line);
                seconds = started.find() ? Double.parseDouble(started.group(1)) : seconds;
                Matcher listening = LISTENING.matcher(line);
                port = listening.find() ? Integer.parseInt(listening.group(1)) : port;
            }
            if (port == 0) {
                throw new IllegalStateException(name + " did not start");
            }
            double mainThread = mainThread(process.pid());
            String classes = get("http://127.0.0.1:" + port + "/call");
            return new Start(seconds, mainThread, Double.parseDouble(classes), resident(process.pid()));
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(url + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** The launcher runs the main method in the first thread that it creates. */
    private static double mainThread(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            Path main = threads.sorted(Comparator.comparingLong(thread -> Long.parseLong(thread.getFileName().toString())))
                    .skip(1).findFirst().orElseThrow();
            return Long.parseLong(Files.readString(main.resolve("schedstat")).split(" ")[0]) / 1e9;
        }
    }

    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
                .mapToDouble(Double::parseDouble).findFirst().orElse(0) / 1024;
    }

    private static <T> String quartiles(List<T> measured, ToDoubleFunction<T> figure) {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median(measured, figure), quartile(1, measured, figure),
                quartile(3, measured, figure));
    }

    private static <T> double median(List<T> measured, ToDoubleFunction<T> figure) {
        return quartile(2, measured, figure);
    }

    private static <T> double quartile(int which, List<T> measured, ToDoubleFunction<T> figure) {
        double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
        return sorted[which * (sorted.length - 1) / 4];
    }
}
