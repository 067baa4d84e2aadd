package io.quarkiverse.hume.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing (Jazzer) of the parsers of received bytes, each in a separate process and compared with a
 * re-implementation of its rules: a few seconds in every build, longer with {@code -Dfuzz.seconds=600}. An input that breaks a
 * rule is printed with the failure, in Base64.
 */
class ParserFuzzTest {

    private static final long SECONDS = Long.getLong("fuzz.seconds", 3);

    /** Fewer would mean that a target does not get to work: it is thousands in a second, on a busy machine fewer. */
    private static final long LEAST_RUNS = 100;

    /** What the parsers use. Jazzer reads the whole class path when it starts, which would take longer than the fuzzing. */
    private static final Pattern NEEDED = Pattern.compile("(test-)?classes|(jazzer|vertx-core|netty|jackson|jakarta|smallrye"
            + "|mutiny|jboss|microprofile|quarkus-(hume|core|arc|rest|vertx|scheduler)).*\\.jar");

    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "io.quarkiverse.hume.runtime.endpoint.TokenResponseFuzzer",
            "io.quarkiverse.hume.runtime.webhook.WebhookFuzzer" })
    void parser_obeysItsRules(String target) throws Exception {
        Path output = directory.resolve("output");
        Process fuzzer = new ProcessBuilder(command(target)).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        int exit;
        try {
            exit = fuzzer.waitFor();
        } finally {
            fuzzer.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(exit).as(said).isZero();
        Matcher runs = RUNS.matcher(said);
        assertThat(runs.find()).as(said).isTrue();
        assertThat(Long.parseLong(runs.group(1))).as(said).isGreaterThan(LEAST_RUNS);
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator)).filter(entry -> {
            String name = Path.of(entry).getFileName().toString();
            return NEEDED.matcher(name).matches() && !name.contains("-deployment-");
        }).collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> command(String target) throws IOException, ReflectiveOperationException {
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        int seeds = 0;
        for (byte[] seed : (byte[][]) Class.forName(target).getMethod("seeds").invoke(null)) {
            Files.write(corpus.resolve("seed-" + seeds++), seed);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (SECONDS < 60 ? 1 : 4), "-cp", classPath(),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target,
                "--instrumentation_includes=io.quarkiverse.hume.**", "--custom_hook_includes=io.quarkiverse.hume.**",
                "-max_total_time=" + SECONDS, "-print_final_stats=1", "-max_len=4096", "-rss_limit_mb=0"));
        if (!Boolean.getBoolean("fuzz.random")) {
            command.add("-seed=20261126"); // The same start in every build; how far it gets depends on the machine.
        }
        command.add(corpus.toString().replace(File.separatorChar, '/'));
        return command;
    }
}
