package io.quarkiverse.hume.test;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Records finished spans. */
@ApplicationScoped
@Typed(SpanRecorder.class)
public class SpanRecorder implements SpanExporter {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Produces
    @Singleton
    SpanProcessor processor() {
        return SimpleSpanProcessor.create(this);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
        spans.addAll(exported);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    public void clear() {
        spans.clear();
    }

    public List<SpanData> spans() {
        return List.copyOf(spans);
    }

    public List<SpanData> named(String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }

    public List<SpanData> childrenOf(SpanData parent) {
        return spans.stream().filter(span -> span.getParentSpanId().equals(parent.getSpanId())).toList();
    }

    public static Map<String, String> attributes(SpanData span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
        return attributes;
    }

    /** A line for each span: names, attributes, status and events. */
    public List<String> lines() {
        return spans.stream().map(span -> span.getName() + " " + attributes(span) + " " + span.getStatus() + " "
                + span.getEvents().stream().map(event -> event.getName() + text(event.getAttributes())).toList()).toList();
    }

    private static String text(Attributes attributes) {
        return attributes.asMap().toString();
    }
}
