package io.quarkiverse.hume.benchmark;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs the benchmarks that the first argument names, separated by commas, or all of them. */
@QuarkusMain
public class BenchmarkMain {

    private static final List<String> KNOWN = List.of("credential", "faults", "throughput", "startup", "relay");
    private static final String ALL = "all";

    public static void main(String[] arguments) throws Exception {
        Set<String> wanted = wanted(arguments.length == 0 ? ALL : arguments[0]);
        if (wanted.isEmpty()) {
            System.exit(2);
        }
        if (wanted.contains("credential")) {
            microbenchmark();
        }
        if (wanted.contains("relay")) {
            new RelayComparison(Path.of(arguments.length > 1 ? arguments[1] : ".")).print();
        }
        if (Set.of("credential", "relay").containsAll(wanted)) {
            return;
        }
        if (wanted.contains("faults")) {
            System.setProperty("benchmark.first-lifetime", "10");
        }
        RunningApplication application = RunningApplication.get();
        LocalHume hume = RunningApplication.hume();
        if (wanted.contains("faults")) {
            new FaultComparison(application, hume).print();
        }
        hume.reset(1800);
        hume.checking = false;
        if (wanted.contains("throughput")) {
            new ThroughputComparison().print();
        }
        if (wanted.contains("startup")) {
            new StartupComparison(Path.of(arguments.length > 1 ? arguments[1] : ".")).print();
        }
        // The exit is forced, because calls of the alternative may still be waiting for the endpoint that hangs.
        Runtime.getRuntime().halt(0);
    }

    /** @return the names; empty if one of them is unknown, which is reported on the error output */
    private static Set<String> wanted(String list) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String name : list.split(",")) {
            String trimmed = name.trim();
            if (trimmed.equals(ALL)) {
                wanted.addAll(KNOWN);
            } else if (KNOWN.contains(trimmed)) {
                wanted.add(trimmed);
            } else {
                System.err.println("There is no benchmark \"" + trimmed + "\". Known are " + String.join(", ", KNOWN) + " and "
                        + ALL + "; several are separated by commas: -Dbenchmarks=credential,throughput");
                return Set.of();
            }
        }
        return wanted;
    }

    private static void microbenchmark() throws RunnerException {
        new Runner(new OptionsBuilder().include(".*CredentialBenchmark.*")
                // This profiler counts the allocated bytes.
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .build()).run();
    }
}
