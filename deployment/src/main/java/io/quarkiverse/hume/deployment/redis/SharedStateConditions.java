package io.quarkiverse.hume.deployment.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The conditions under which the instances of an application share state in Redis. */
final class SharedStateConditions {

    private SharedStateConditions() {
    }

    /**
     * @param redisClient whether the application has the Redis client
     * @param properties the names of all properties in the configuration of the build
     * @return a sentence for each condition that is not met
     */
    static List<String> violations(Optional<String> client, boolean redisClient, Iterable<String> properties) {
        List<String> violations = new ArrayList<>();
        if (!redisClient) {
            violations.add("hume.shared-state=redis needs the Redis client, and this application has none. Add the extension"
                    + " quarkus-redis-client");
        }
        client.filter(name -> !isConfigured(name, properties)).ifPresent(name -> violations.add("hume.shared-state.client-name"
                + " names the Redis client \"" + name + "\", but nothing is configured for it where the application is built."
                + " Set quarkus.redis.\"" + name + "\".hosts, or remove hume.shared-state.client-name for the default client"));
        return violations;
    }

    private static boolean isConfigured(String client, Iterable<String> properties) {
        return StreamSupport.stream(properties.spliterator(), false)
                .anyMatch(property -> property.startsWith("quarkus.redis." + client + ".")
                        || property.startsWith("quarkus.redis.\"" + client + "\"."));
    }
}
