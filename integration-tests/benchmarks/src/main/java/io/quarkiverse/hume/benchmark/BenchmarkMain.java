package io.quarkiverse.hume.benchmark;

import java.nio.file.Path;
import java.util.List;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs what the first argument names: {@code faults}, {@code throughput}, {@code startup}, {@code credential} or all. */
@QuarkusMain
public class BenchmarkMain {

    public static void main(String[] arguments) throws Exception {
        String wanted = arguments.length == 0 ? "all" : arguments[0];
        if (!List.of("all", "faults", "throughput", "startup", "credential").contains(wanted)) {
            throw new IllegalArgumentException("There is no benchmark " + wanted);
        }
        boolean all = wanted.equals("all");
        if (all || wanted.equals("credential")) {
            microbenchmark();
        }
        if (wanted.equals("credential")) {
            return;
        }
        if (all || wanted.equals("faults")) {
            System.setProperty("benchmark.first-lifetime", "10");
        }
        RunningApplication application = RunningApplication.get();
        LocalHume hume = RunningApplication.hume();
        if (all || wanted.equals("faults")) {
            new FaultComparison(application, hume).print();
        }
        hume.reset(1800);
        hume.checking = false;
        if (all || wanted.equals("throughput")) {
            new ThroughputComparison(application).print();
        }
        if (all || wanted.equals("startup")) {
            new StartupComparison(Path.of(arguments.length > 1 ? arguments[1] : ".")).print();
        }
        // Calls of the alternative may still be waiting for an endpoint that hung.
        Runtime.getRuntime().halt(0);
    }

    private static void microbenchmark() throws RunnerException {
        new Runner(new OptionsBuilder().include(".*CredentialBenchmark.*")
                // Counts allocated bytes.
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .build()).run();
    }
}
