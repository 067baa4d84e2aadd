package org.acme.voice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkiverse.hume.HumeRelayUsage;

// tag::costs[]
@ApplicationScoped
public class RelayCosts {

    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    void record(@ObservesAsync HumeRelayUsage usage) {
        tokens.merge(usage.user().orElse("anonymous"), usage.inputTokens(), Long::sum);
    }

    public long of(String user) {
        return tokens.getOrDefault(user, 0L);
    }
}
// end::costs[]
