package io.quarkiverse.hume.test;

import java.util.List;
import java.util.stream.Stream;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;

/** Quarkus extensions that only some of the test applications have. */
final class ForcedExtensions {

    static final String AGROAL = "quarkus-agroal";
    static final String CLASSIC_REST_CLIENT = "quarkus-resteasy-client";
    static final String FAULT_TOLERANCE = "quarkus-smallrye-fault-tolerance";
    static final String HEALTH = "quarkus-smallrye-health";
    static final String H2 = "quarkus-jdbc-h2";
    static final String JSON_B = "quarkus-rest-jsonb";
    static final String METRICS = "quarkus-micrometer-registry-prometheus";
    static final String QUARTZ = "quarkus-quartz";
    static final String REDIS = "quarkus-redis-client";
    static final String REST = "quarkus-rest-jackson";
    static final String SECURITY = "quarkus-elytron-security-properties-file";
    static final String SERVICE_BINDING = "quarkus-kubernetes-service-binding";
    static final String STORK = "quarkus-smallrye-stork";
    static final String TRACING = "quarkus-opentelemetry";
    static final String YAML = "quarkus-config-yaml";

    private ForcedExtensions() {
    }

    static List<Dependency> of(String... extensions) {
        return Stream.of(extensions).map(name -> Dependency.of("io.quarkus", name, Version.getVersion())).toList();
    }
}
