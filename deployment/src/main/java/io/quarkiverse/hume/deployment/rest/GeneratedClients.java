package io.quarkiverse.hume.deployment.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.name.HumeHost;

/**
 * REST clients that quarkus-openapi-generator generated, with the security schemes of their OpenAPI documents, which the
 * generator writes into annotations. The extension does not depend on the generator, so its classes are identified by name.
 */
final class GeneratedClients {

    private static final String GENERATOR = "io.quarkiverse.openapi.generator.";
    private static final String MARKERS = GENERATOR + "markers.";
    private static final DotName GENERATED = DotName.createSimple(GENERATOR + "annotations.GeneratedClass");
    private static final DotName OPERATION = DotName.createSimple(MARKERS + "OperationMarker");
    private static final DotName OPERATIONS = DotName.createSimple(MARKERS + "OperationMarker$OperationMarkers");
    private static final DotName CREDENTIALS_PROVIDER = DotName.createSimple(GENERATOR + "providers.CredentialsProvider");

    private final Map<String, Client> clients = new TreeMap<>();
    private final List<String> ownProviders;

    /** The authentication that a document requires for requests. */
    enum Kind {
        API_KEY_IN_HEADER("ApiKeyAuthenticationMarker", "api-key"),
        API_KEY_ELSEWHERE("ApiKeyAuthenticationMarker", "api-key"),
        BEARER("BearerAuthenticationMarker", "bearer-token", "token-propagation"),
        BASIC("BasicAuthenticationMarker", "username", "password"),
        OAUTH2("OauthAuthenticationMarker", "token-propagation");

        private final String marker;
        private final List<String> keys;

        Kind(String marker, String... keys) {
            this.marker = marker;
            this.keys = List.of(keys);
        }
    }

    /**
     * @param document the name of the document in the generator's properties
     * @param parameter the header, query parameter or cookie of an API key; {@code null} for the other kinds
     */
    record Scheme(String document, String name, Kind kind, String parameter) {

        /** @return {@code null} if the credential is not sent in a header */
        String header() {
            return switch (kind) {
                case API_KEY_IN_HEADER -> CredentialHeader.of(parameter);
                case API_KEY_ELSEWHERE -> null;
                case BEARER, BASIC, OAUTH2 -> RequestCredential.AUTHORIZATION_HEADER;
            };
        }

        /** The properties with which the generator gets a credential or propagates that of the application's callers. */
        List<String> properties() {
            return kind.keys.stream().map(this::property).toList();
        }

        String property(String key) {
            return "quarkus.openapi-generator." + document + ".auth." + name.replaceAll("[^a-zA-Z0-9]", "_") + "." + key;
        }
    }

    /**
     * @param configKey the config key; {@code null} if the client has none or is not a bean
     * @param document the name of the document; {@code null} if the generated code does not contain it
     * @param schemes the security schemes of the client's generated provider; empty if it has no such provider
     * @param unknownProvider the name of a generated provider without a known security scheme; usually {@code null}
     */
    record Client(ClassInfo type, String configKey, String host, String document, List<Scheme> schemes,
            String unknownProvider) {

        String name() {
            return type.name().toString();
        }

        boolean isOnHumeHost() {
            return HumeHost.isHume(host);
        }

        /** @return {@code null} if the client's document declares no way to authenticate that is recognized as Hume's */
        Scheme schemeOfHume() {
            return schemes.stream().filter(scheme -> RequestCredential.API_KEY_HEADER.equals(scheme.header())
                    || isOnHumeHost() && scheme.header() != null).findFirst().orElse(null);
        }
    }

    GeneratedClients(ClientIndex index) {
        for (AnnotationInstance generated : index.index().getAnnotations(GENERATED)) {
            ClassInfo type = generated.target().asClass();
            if (type.isInterface()) {
                clients.put(type.name().toString(), client(type, index));
            }
        }
        ownProviders = clients.isEmpty() ? List.of()
                : index.index().getAllKnownImplementations(CREDENTIALS_PROVIDER).stream()
                        .map(provider -> provider.name().toString()).filter(name -> !name.startsWith(GENERATOR)).sorted()
                        .toList();
    }

    Collection<Client> all() {
        return clients.values();
    }

    /** The application's own providers of credentials for generated clients. */
    List<String> ownProviders() {
        return ownProviders;
    }

    private static Client client(ClassInfo type, ClientIndex index) {
        AnnotationInstance registered = type.declaredAnnotation(ClientIndex.REGISTER_REST_CLIENT);
        List<Scheme> schemes = new ArrayList<>();
        String unknownProvider = null;
        for (ClassInfo provider : providers(type, index)) {
            List<Scheme> found = schemes(provider);
            schemes.addAll(found);
            if (found.isEmpty() && provider.simpleName().equals("CompositeAuthenticationProvider")) {
                unknownProvider = provider.name().toString();
            }
        }
        return new Client(type, value(registered, "configKey"), host(value(registered, "baseUri")), document(type),
                List.copyOf(schemes), unknownProvider);
    }

    private static List<ClassInfo> providers(ClassInfo type, ClientIndex index) {
        return ClientIndex.registeredProviders(type).map(index::type).filter(Objects::nonNull).toList();
    }

    private static List<Scheme> schemes(ClassInfo provider) {
        List<Scheme> schemes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (AnnotationInstance marker : markers(provider, kind.marker)) {
                boolean inHeader = "header".equals(value(marker, "apiKeyIn"));
                if (kind != Kind.API_KEY_IN_HEADER && kind != Kind.API_KEY_ELSEWHERE
                        || inHeader == (kind == Kind.API_KEY_IN_HEADER)) {
                    schemes.add(new Scheme(value(marker, "openApiSpecId"), value(marker, "name"), kind,
                            value(marker, "apiKeyName")));
                }
            }
        }
        return schemes;
    }

    private static List<AnnotationInstance> markers(ClassInfo provider, String marker) {
        AnnotationInstance container = provider
                .declaredAnnotation(DotName.createSimple(MARKERS + marker + "$AuthenticationMarkers"));
        return container != null ? List.of(container.value().asNestedArray())
                : Stream.ofNullable(provider.declaredAnnotation(DotName.createSimple(MARKERS + marker))).toList();
    }

    private static String document(ClassInfo type) {
        return type.methods().stream().flatMap(method -> Stream.concat(
                Stream.ofNullable(method.declaredAnnotation(OPERATION)),
                Stream.ofNullable(method.declaredAnnotation(OPERATIONS))
                        .flatMap(container -> Stream.of(container.value().asNestedArray()))))
                .map(operation -> value(operation, "openApiSpecId")).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String value(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation == null ? null : annotation.value(member);
        if (value == null) {
            return null;
        }
        return value.kind() == AnnotationValue.Kind.ENUM ? value.asEnum() : value.asString();
    }

    /** @return the host in lower case; {@code null} if the document names none or only a part of it */
    static String host(String address) {
        try {
            String host = address == null ? null : URI.create(address.trim()).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null; // The host contains an expression or a variable of the document.
        }
    }
}
