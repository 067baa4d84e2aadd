package io.quarkiverse.hume.deployment.rest.credential;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.rest.CredentialHeader;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.smallrye.config.Expressions;

/** Reads the configuration of REST clients, under all names that a client can have in it. */
public final class ClientProperties {

    private static final Pattern PROPERTY = Pattern
            .compile("quarkus\\.rest-client\\.(?:\"([^\"]+)\"|([^.\"]+))\\.(url|uri|override-uri|headers\\.(.+))");
    private static final Pattern MICROPROFILE = Pattern.compile("(.+)/mp-rest/(?:url|uri)");
    private static final Pattern PROVIDERS = Pattern
            .compile("quarkus\\.rest-client\\.(?:(?:\"([^\"]+)\"|([^.\"]+))\\.)?providers|(.+)/mp-rest/providers");
    private static final Pattern HEADER_OF_ALL = Pattern.compile("quarkus\\.rest-client\\.headers\\.(.+)");

    private final Config config;
    private final Map<String, String> clientsByName = new HashMap<>();

    public ClientProperties(Config config, List<ClassInfo> clients) {
        this.config = config;
        for (ClassInfo client : clients) {
            String name = client.name().toString();
            clientsByName.put(name, name);
            clientsByName.putIfAbsent(client.simpleName(), name);
            AnnotationInstance registered = client.declaredAnnotation(ClientIndex.REGISTER_REST_CLIENT);
            AnnotationValue configKey = registered == null ? null : registered.value("configKey");
            if (configKey != null && !configKey.asString().isEmpty()) {
                clientsByName.put(configKey.asString(), name);
            }
        }
    }

    /** The properties that contain an address of a client without TLS. */
    public List<String> unencrypted() {
        return addresses().filter(property -> isUnencrypted(raw(property))).toList();
    }

    private Stream<String> addresses() {
        return names().filter(property -> {
            Matcher quarkus = PROPERTY.matcher(property);
            Matcher microProfile = MICROPROFILE.matcher(property);
            return quarkus.matches() ? quarkus.group(4) == null && clientsByName.containsKey(name(quarkus))
                    : microProfile.matches() && clientsByName.containsKey(microProfile.group(1));
        });
    }

    /** The properties that set a header with a credential, each with the clients that send it. */
    public Map<String, String> credentialHeaders() {
        Map<String, String> found = new TreeMap<>();
        names().forEach(property -> {
            Matcher quarkus = PROPERTY.matcher(property);
            Matcher all = HEADER_OF_ALL.matcher(property);
            if (quarkus.matches() && quarkus.group(4) != null && clientsByName.containsKey(name(quarkus))
                    && isCredential(quarkus.group(4))) {
                found.put(property, "the REST client " + clientsByName.get(name(quarkus)));
            } else if (all.matches() && isCredential(all.group(1)) && !clientsByName.isEmpty()) {
                found.put(property, "all REST clients without headers of their own in the configuration, such as "
                        + new TreeSet<>(clientsByName.values()).first());
            }
        });
        return found;
    }

    /** Whether a property has a blank value, so that it sets no header. */
    public boolean isBlank(String property) {
        String raw = raw(property);
        return raw == null || raw.isBlank();
    }

    /** The class names of the providers that properties register with authenticated clients, by property. */
    public Map<String, List<String>> providers() {
        Map<String, List<String>> found = new TreeMap<>();
        names().forEach(property -> {
            Matcher matcher = PROVIDERS.matcher(property);
            if (matcher.matches()) {
                String client = Stream.of(1, 2, 3).map(matcher::group).filter(Objects::nonNull).findFirst().orElse(null);
                if (client == null ? !clientsByName.isEmpty() : clientsByName.containsKey(client)) {
                    found.put(property, Stream.of(Objects.requireNonNullElse(raw(property), "").split(","))
                            .map(String::trim).filter(name -> !name.isEmpty()).toList());
                }
            }
        });
        return found;
    }

    private Stream<String> names() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false).distinct();
    }

    private static boolean isCredential(String header) {
        return CredentialHeader.of(header.replace("\"", "")) != null;
    }

    private static String name(Matcher quarkus) {
        return quarkus.group(1) != null ? quarkus.group(1) : quarkus.group(2);
    }

    private String raw(String property) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(property)).getRawValue();
    }

    /** Whether the address has no TLS. An address that contains an expression or is invalid is checked at startup. */
    public static boolean isUnencrypted(String address) {
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
