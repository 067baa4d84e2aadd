package io.quarkiverse.hume.runtime.metrics;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.runtime.metrics.MetricsFactory.MetricBuilder;

/**
 * Counts events by outcome. Each constant of the enumeration has a series of its own from the start, so the set of series is
 * closed.
 */
final class OutcomeCounter<E extends Enum<E>> {

    private final E[] outcomes;
    private final LongAdder[] counts;

    OutcomeCounter(Class<E> type) {
        this.outcomes = type.getEnumConstants();
        this.counts = new LongAdder[outcomes.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void count(E outcome) {
        counts[outcome.ordinal()].increment();
    }

    /** @param metric supplies a new builder with all tags except the outcome */
    void register(Supplier<MetricBuilder> metric) {
        for (int i = 0; i < counts.length; i++) {
            metric.get().tag("outcome", tagValue(outcomes[i])).buildCounter(counts[i], LongAdder::sum);
        }
    }

    static String tagValue(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    static MetricBuilder metric(MetricsFactory factory, String name, String description, String account) {
        return factory.builder(name, MetricsFactory.Type.VENDOR).description(description).tag("account", account);
    }
}
