package io.quarkiverse.hume.test.shapes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Clients in the form that quarkus-openapi-generator 2.14 generates, without a compile-time dependency on it. */
public final class OpenApiCode {

    private static final String GENERATOR = "io.quarkiverse.openapi.generator.";

    private final Map<String, String> sources = new LinkedHashMap<>();

    /** The class of a client's interface. */
    public static String api(String document) {
        return "org.openapi.quarkus." + document + ".api.DefaultApi";
    }

    public static String apiKey(String document, String in, String name) {
        return "@" + GENERATOR + "markers.ApiKeyAuthenticationMarker(name = \"api-key\", openApiSpecId = \"" + document
                + "\", apiKeyIn = " + GENERATOR + "providers.ApiKeyIn." + in + ", apiKeyName = \"" + name + "\")";
    }

    public static String bearer(String document) {
        return "@" + GENERATOR + "markers.BearerAuthenticationMarker(name = \"token\", openApiSpecId = \"" + document
                + "\", scheme = \"bearer\")";
    }

    public static String basic(String document) {
        return "@" + GENERATOR + "markers.BasicAuthenticationMarker(name = \"basic\", openApiSpecId = \"" + document + "\")";
    }

    public static String oauth2(String document) {
        return "@" + GENERATOR + "markers.OauthAuthenticationMarker(name = \"oauth\", openApiSpecId = \"" + document + "\")";
    }

    /**
     * @param baseUri empty if the document has no server
     * @param markers of the provider, several of one kind not among them; empty: the provider does not say what it does;
     *        {@code null}: there is no provider
     */
    public OpenApiCode client(String document, String baseUri, String... markers) {
        String provided = markers == null ? ""
                : """
                        @org.eclipse.microprofile.rest.client.annotation.RegisterProvider(
                                org.openapi.quarkus.%1$s.api.auth.CompositeAuthenticationProvider.class)
                        """.formatted(document);
        String factory = markers == null || markers.length == 0 ? ""
                : """
                        @org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders(
                                org.openapi.quarkus.%1$s.api.auth.AuthenticationPropagationHeadersFactory.class)
                        """.formatted(document);
        sources.put(api(document), """
                package org.openapi.quarkus.%1$s.api;

                @jakarta.ws.rs.Path("/v0")
                @org.eclipse.microprofile.rest.client.inject.RegisterRestClient(baseUri = "%2$s", configKey = "%1$s")
                @io.quarkiverse.openapi.generator.annotations.GeneratedClass(value = "%1$s", tag = "Default")
                %3$s
                public interface DefaultApi {
                    @io.quarkiverse.openapi.generator.markers.OperationMarker(name = "", openApiSpecId = "%1$s",
                            operationId = "get", method = "GET", path = "/v0/get")
                    @jakarta.ws.rs.GET
                    @jakarta.ws.rs.Path("/get")
                    String get();
                }
                """.formatted(document, baseUri, provided + factory));
        if (markers != null && markers.length == 0) {
            sources.put("org.openapi.quarkus." + document + ".api.auth.CompositeAuthenticationProvider", """
                    package org.openapi.quarkus.%1$s.api.auth;

                    public class CompositeAuthenticationProvider implements jakarta.ws.rs.client.ClientRequestFilter {
                        @Override
                        public void filter(jakarta.ws.rs.client.ClientRequestContext context) {
                        }
                    }
                    """.formatted(document));
        } else if (markers != null) {
            sources.put("org.openapi.quarkus." + document + ".api.auth.CompositeAuthenticationProvider", """
                    package org.openapi.quarkus.%1$s.api.auth;

                    @jakarta.annotation.Priority(jakarta.ws.rs.Priorities.AUTHENTICATION)
                    %2$s
                    public class CompositeAuthenticationProvider implements jakarta.ws.rs.client.ClientRequestFilter {
                        @jakarta.inject.Inject
                        @io.quarkiverse.openapi.generator.OpenApiSpec(openApiSpecId = "%1$s")
                        io.quarkiverse.openapi.generator.providers.BaseCompositeAuthenticationProvider compositeProvider;

                        @Override
                        public void filter(jakarta.ws.rs.client.ClientRequestContext context) throws java.io.IOException {
                            compositeProvider.filter(context);
                        }
                    }
                    """.formatted(document, String.join("\n", markers)));
            sources.put("org.openapi.quarkus." + document + ".api.auth.AuthenticationPropagationHeadersFactory", """
                    package org.openapi.quarkus.%1$s.api.auth;

                    public class AuthenticationPropagationHeadersFactory
                            extends io.quarkiverse.openapi.generator.providers.AbstractAuthenticationPropagationHeadersFactory {
                        @jakarta.inject.Inject
                        public AuthenticationPropagationHeadersFactory(
                                @io.quarkiverse.openapi.generator.OpenApiSpec(openApiSpecId = "%1$s")
                                io.quarkiverse.openapi.generator.providers.BaseCompositeAuthenticationProvider composite,
                                io.quarkiverse.openapi.generator.OpenApiGeneratorConfig config,
                                io.quarkiverse.openapi.generator.providers.HeadersProvider headers) {
                            super(composite, config, headers);
                        }
                    }
                    """.formatted(document));
        }
        return this;
    }

    /** A bean of the application that gives the generator its credentials. */
    public OpenApiCode credentialsProvider() {
        sources.put("org.acme.OwnCredentials", """
                package org.acme;

                public class OwnCredentials implements io.quarkiverse.openapi.generator.providers.CredentialsProvider {
                }
                """);
        return this;
    }

    /** @return what was added, by the name of the class; what belongs to the generator is not among it */
    public Map<String, byte[]> compile() {
        Map<String, String> all = new LinkedHashMap<>(sources);
        annotation(all, "annotations.GeneratedClass", "String value(); String tag();");
        annotation(all, "OpenApiSpec", "String openApiSpecId();");
        String marker = "String name(); String openApiSpecId();";
        annotation(all, "markers.OperationMarker", marker + " String operationId(); String method(); String path();");
        annotation(all, "markers.ApiKeyAuthenticationMarker",
                marker + GENERATOR + "providers.ApiKeyIn apiKeyIn(); String apiKeyName();");
        annotation(all, "markers.BearerAuthenticationMarker", marker + " String scheme();");
        annotation(all, "markers.BasicAuthenticationMarker", marker);
        annotation(all, "markers.OauthAuthenticationMarker", marker);
        type(all, "providers.ApiKeyIn", "public enum ApiKeyIn { query, cookie, header }");
        type(all, "OpenApiGeneratorConfig", "public interface OpenApiGeneratorConfig { }");
        type(all, "providers.CredentialsProvider", "public interface CredentialsProvider { }");
        type(all, "providers.HeadersProvider", "public interface HeadersProvider { }");
        type(all, "providers.BaseCompositeAuthenticationProvider", """
                public class BaseCompositeAuthenticationProvider implements jakarta.ws.rs.client.ClientRequestFilter {
                    public void filter(jakarta.ws.rs.client.ClientRequestContext context) throws java.io.IOException {
                    }
                }
                """);
        type(all, "providers.AbstractAuthenticationPropagationHeadersFactory", """
                public abstract class AbstractAuthenticationPropagationHeadersFactory
                        implements org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory {
                    protected AbstractAuthenticationPropagationHeadersFactory(BaseCompositeAuthenticationProvider composite,
                            io.quarkiverse.openapi.generator.OpenApiGeneratorConfig config, HeadersProvider headers) {
                    }
                    public jakarta.ws.rs.core.MultivaluedMap<String, String> update(
                            jakarta.ws.rs.core.MultivaluedMap<String, String> incoming,
                            jakarta.ws.rs.core.MultivaluedMap<String, String> outgoing) {
                        return outgoing;
                    }
                }
                """);
        Map<String, byte[]> compiled = SourceCode.compile(all);
        compiled.keySet().retainAll(Set.copyOf(sources.keySet()));
        return compiled;
    }

    private static void annotation(Map<String, String> all, String name, String members) {
        type(all, name, "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) public @interface "
                + name.substring(name.lastIndexOf('.') + 1) + " { " + members + " }");
    }

    private static void type(Map<String, String> all, String name, String declaration) {
        String full = GENERATOR + name;
        all.put(full, "package " + full.substring(0, full.lastIndexOf('.')) + ";\n" + declaration);
    }
}
