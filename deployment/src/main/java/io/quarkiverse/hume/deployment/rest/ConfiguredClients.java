package io.quarkiverse.hume.deployment.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.index.TypeHierarchy;
import io.quarkiverse.hume.deployment.message.Suggestion;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;

/** The clients that {@code hume.rest-clients} and {@code hume.accounts."name".rest-clients} name. */
final class ConfiguredClients {

    private final ClientIndex index;
    private final Map<DotName, Declaration> declarations = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private boolean unknown;

    /** @param accounts the names of the named accounts */
    ConfiguredClients(ClientIndex index, Set<String> accounts, ConfiguredKeys config) {
        this.index = index;
        add(HumeAccount.DEFAULT, config.restClients(HumeAccount.DEFAULT));
        accounts.forEach(account -> add(account, config.restClients(account)));
    }

    /** The declarations by the interface that they name. */
    Map<DotName, Declaration> declarations() {
        return declarations;
    }

    /** A sentence for each unknown name, followed by the known ones, and for each client that is named for two accounts. */
    List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        if (unknown) {
            all.add("Config keys here: " + configKeys() + ". REST clients here: " + clients());
        }
        return all;
    }

    /** A sentence for each interface that is no client and that no client extends, so that its property has no effect. */
    List<String> withoutCalls(HumeRestClientsBuildItem found) {
        return declarations.values().stream().filter(declaration -> !found.reaches(declaration.type())
                && index.index().getAllKnownSubinterfaces(declaration.type().name()).isEmpty())
                .map(declaration -> declaration.source() + " names " + declaration.type().name()
                        + ", which has no method with a"
                        + " request, such as one with @GET, so no call is authenticated. Name the interface of a REST client")
                .sorted().toList();
    }

    private void add(String account, Set<String> names) {
        String property = AccountName.property(account, "rest-clients");
        for (String name : new TreeSet<>(names)) {
            Set<ClassInfo> found = find(name.trim());
            if (found.isEmpty()) {
                unknown = true;
                violations.add(property + " names \"" + name.trim() + "\", which is neither the config key of a REST client nor"
                        + " the name of an interface in this application."
                        + Suggestion.of(name.trim(), known()));
            }
            for (ClassInfo client : found) {
                Declaration other = declarations.putIfAbsent(client.name(), new Declaration(
                        new ClientAuthentication(account, HumeStrategy.AUTO), client, null, property));
                if (other != null && !other.source().equals(property)) {
                    violations.add(other.source() + " and " + property + " both name the REST client " + client.name()
                            + ", but a client has one account. Remove it from one of them, or put @HumeAuthenticated on its"
                            + " methods");
                }
            }
        }
    }

    private Set<ClassInfo> find(String name) {
        Set<ClassInfo> found = new LinkedHashSet<>();
        ClassInfo named = index.type(DotName.createSimple(name));
        if (named != null && named.isInterface()) {
            found.add(named);
        }
        for (AnnotationInstance registered : registered()) {
            if (name.equals(configKey(registered))) {
                found.add(registered.target().asClass());
            }
        }
        return found;
    }

    private Set<String> known() {
        Set<String> known = clients();
        known.addAll(configKeys());
        return known;
    }

    private Set<String> clients() {
        Set<String> clients = new TreeSet<>();
        registered().forEach(registered -> clients.add(registered.target().asClass().name().toString()));
        return clients;
    }

    private Set<String> configKeys() {
        Set<String> configKeys = new TreeSet<>();
        registered().forEach(registered -> configKeys.add(configKey(registered)));
        configKeys.remove("");
        return configKeys;
    }

    private Iterable<AnnotationInstance> registered() {
        return index.index().getAnnotations(ClientIndex.REGISTER_REST_CLIENT);
    }

    private static String configKey(AnnotationInstance registered) {
        AnnotationValue configKey = registered.value("configKey");
        return configKey == null ? "" : configKey.asString();
    }

    /** The annotations that contradict properties, by the property and the client that it names. */
    Map<Declaration, Declaration> contradictions() {
        Map<Declaration, Declaration> contradictions = new LinkedHashMap<>();
        for (Declaration configured : declarations.values()) {
            TypeHierarchy hierarchy = new TypeHierarchy(configured.type(), Map.of(), index);
            hierarchy.members().stream().filter(member -> member.type().hasDeclaredAnnotation(HumeAnnotations.AUTHENTICATED))
                    .findFirst().ifPresent(nearest -> {
                        AnnotationInstance annotation = nearest.type().declaredAnnotation(HumeAnnotations.AUTHENTICATED);
                        Declaration annotated = new Declaration(HumeAnnotations.authentication(annotation), nearest.type(),
                                null,
                                Declaration.ANNOTATION);
                        if (contradicts(configured, annotated)) {
                            contradictions.put(configured, annotated);
                        }
                    });
        }
        return contradictions;
    }

    /** A property does not specify a strategy, so it contradicts that of an annotation only if it takes precedence over it. */
    private static boolean contradicts(Declaration configured, Declaration annotated) {
        boolean same = configured.authentication().account().equals(annotated.authentication().account());
        return !same || !configured.type().name().equals(annotated.type().name())
                && annotated.authentication().strategy() != HumeStrategy.AUTO;
    }
}
