package io.quarkiverse.hume.benchmark;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs the benchmarks whose class names contain the first argument, with the profiler that counts allocated bytes. */
@QuarkusMain
public class BenchmarkMain {

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                .include(arguments.length == 0 ? ".*" : ".*" + arguments[0] + ".*")
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .build()).run();
    }
}
