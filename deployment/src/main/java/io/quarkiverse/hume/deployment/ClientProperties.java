package io.quarkiverse.hume.deployment;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.smallrye.config.Expressions;

/** What the configuration says of REST clients, under whichever of its names. */
final class ClientProperties {

    private static final DotName REGISTER_REST_CLIENT = DotName
            .createSimple("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");
    private static final Pattern PROPERTY = Pattern
            .compile("quarkus\\.rest-client\\.(?:\"([^\"]+)\"|([^.\"]+))\\.(url|uri|override-uri|headers\\.(.+))");
    private static final Pattern MICROPROFILE = Pattern.compile("(.+)/mp-rest/(?:url|uri)");

    private final Config config;
    private final Map<String, String> clientsByName = new HashMap<>();

    ClientProperties(Config config, List<ClassInfo> clients) {
        this.config = config;
        for (ClassInfo client : clients) {
            String name = client.name().toString();
            clientsByName.put(name, name);
            clientsByName.putIfAbsent(client.simpleName(), name);
            AnnotationInstance registered = client.declaredAnnotation(REGISTER_REST_CLIENT);
            AnnotationValue configKey = registered == null ? null : registered.value("configKey");
            if (configKey != null && !configKey.asString().isEmpty()) {
                clientsByName.put(configKey.asString(), name);
            }
        }
    }

    /** The properties with an address of a client that is not encrypted. */
    List<String> unencrypted() {
        List<String> found = new ArrayList<>();
        for (String property : config.getPropertyNames()) {
            Matcher quarkus = PROPERTY.matcher(property);
            Matcher microProfile = MICROPROFILE.matcher(property);
            boolean address = quarkus.matches() ? quarkus.group(4) == null && clientsByName.containsKey(name(quarkus))
                    : microProfile.matches() && clientsByName.containsKey(microProfile.group(1));
            if (address && isUnencrypted(raw(property))) {
                found.add(property);
            }
        }
        return found;
    }

    /** The properties that set a header with a credential, each with the client. */
    Map<String, String> credentialHeaders() {
        Map<String, String> found = new HashMap<>();
        for (String property : config.getPropertyNames()) {
            Matcher quarkus = PROPERTY.matcher(property);
            if (quarkus.matches() && quarkus.group(4) != null && clientsByName.containsKey(name(quarkus))
                    && SecondCredentials.isCredential(quarkus.group(4).replace("\"", ""))) {
                found.put(property, clientsByName.get(name(quarkus)));
            }
        }
        return found;
    }

    private static String name(Matcher quarkus) {
        return quarkus.group(1) != null ? quarkus.group(1) : quarkus.group(2);
    }

    private String raw(String property) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(property)).getRawValue();
    }

    /** An address with an expression in it, or one that is none at all, is left to the startup. */
    static boolean isUnencrypted(String address) {
        if (address == null || address.contains("${")) {
            return false;
        }
        try {
            URI uri = URI.create(address.trim());
            return "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                    && !TrustedHosts.isLoopback(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
