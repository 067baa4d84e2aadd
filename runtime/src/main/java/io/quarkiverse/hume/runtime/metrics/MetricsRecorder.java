package io.quarkiverse.hume.runtime.metrics;

import java.time.InstantSource;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Registers the metrics when both the accounts and the metrics system exist. */
@Recorder
public class MetricsRecorder {

    public Consumer<MetricsFactory> register(MetricsPlan plan) {
        return factory -> {
            ArcContainer beans = Arc.container();
            beans.instance(AccountMetrics.class).get().register(factory, plan, beans.instance(HumeAccounts.class).get(),
                    InstantSource.system());
        };
    }
}
