package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link ControlFuzzer} in a process of its own: three seconds in every build, longer with {@code -Dfuzz.seconds=600}. */
class ControlFuzzTest {

    private static final long SECONDS = Long.getLong("fuzz.seconds", 3);
    private static final long LEAST_RUNS = 100;
    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");

    @TempDir
    Path directory;

    @Test
    void controlCalls_obeyTheirRules() throws Exception {
        Path output = directory.resolve("output");
        Process fuzzer = new ProcessBuilder(command()).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            int exit = fuzzer.waitFor();
            String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
            Matcher runs = RUNS.matcher(printed);
            assertThat(exit).as(printed).isZero();
            assertThat(runs.find()).as(printed).isTrue();
            assertThat(Long.parseLong(runs.group(1))).as(printed).isGreaterThan(LEAST_RUNS);
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private List<String> command() throws IOException {
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        byte[][] seeds = ControlFuzzer.seeds();
        for (int i = 0; i < seeds.length; i++) {
            Files.write(corpus.resolve("seed-" + i), seeds[i]);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (SECONDS < 60 ? 1 : 4), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + ControlFuzzer.class.getName(),
                "--instrumentation_includes=io.quarkiverse.hume.**", "--custom_hook_includes=io.quarkiverse.hume.**",
                "-max_total_time=" + SECONDS, "-print_final_stats=1", "-max_len=4096",
                "-rss_limit_mb=0"));
        if (!Boolean.getBoolean("fuzz.random")) {
            command.add("-seed=20261126"); // The same start in every build.
        }
        command.add(corpus.toString().replace('\\', '/'));
        return command;
    }
}
