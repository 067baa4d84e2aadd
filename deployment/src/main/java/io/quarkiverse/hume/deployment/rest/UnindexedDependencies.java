package io.quarkiverse.hume.deployment.rest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Call;
import io.quarkus.bootstrap.model.ApplicationModel;
import io.quarkus.maven.dependency.ResolvedDependency;

/** Finds the dependencies that contain classes without an index. */
final class UnindexedDependencies {

    private final ClientIndex index;
    private final ApplicationModel application;

    UnindexedDependencies(ClientIndex index, ApplicationModel application) {
        this.index = index;
        this.application = application;
    }

    /**
     * Returns a sentence for each call that the REST client of Quarkus does not implement, by client, because it looks up the
     * super-interfaces of a client in the index only. It also finds the interfaces of sub-resources outside the index.
     */
    Map<AuthenticatedClient, List<String>> missingCalls(Collection<AuthenticatedClient> clients) {
        Map<AuthenticatedClient, List<String>> missing = new LinkedHashMap<>();
        for (AuthenticatedClient client : clients) {
            List<String> sentences = client.calls().stream().filter(call -> call.declaration() != null && isMissing(call))
                    .map(call -> sentence(client, call)).toList();
            if (!sentences.isEmpty()) {
                missing.put(client, sentences);
            }
        }
        return missing;
    }

    private boolean isMissing(Call call) {
        return call.levels().stream().anyMatch(level -> !index.isIndexed(level.methods().get(0).declaringClass().name())
                && !level.types().get(0).name().equals(level.methods().get(0).declaringClass().name()));
    }

    private String sentence(AuthenticatedClient client, Call call) {
        String type = call.method().declaringClass().name().toString();
        return "The REST client " + client.name() + " inherits " + call.name() + "() from " + type
                + ", which is in a dependency without a Jandex index (" + place(type)
                + "). Quarkus does not implement such methods: a call of it ends with an AbstractMethodError. To make it a call"
                + " to Hume, " + remedy(type) + ", or declare the method in the client";
    }

    /** Describes the dependency that contains the class, for messages. */
    String place(String className) {
        ResolvedDependency dependency = find(className);
        return dependency == null ? "which is no Maven dependency" : dependency.getGroupId() + ":" + dependency.getArtifactId();
    }

    /** The properties that index the dependency, for messages. */
    String remedy(String className) {
        ResolvedDependency dependency = find(className);
        String name = dependency == null ? "name" : dependency.getArtifactId();
        return "set quarkus.index-dependency.\"" + name + "\".group-id"
                + (dependency == null ? "" : "=" + dependency.getGroupId()) + " and quarkus.index-dependency.\"" + name
                + "\".artifact-id" + (dependency == null ? "" : "=" + dependency.getArtifactId());
    }

    private ResolvedDependency find(String className) {
        String resource = className.replace('.', '/') + ".class";
        for (ResolvedDependency dependency : application.getDependencies()) {
            if (dependency.isRuntimeCp() && dependency.getContentTree().contains(resource)) {
                return dependency;
            }
        }
        return null;
    }
}
