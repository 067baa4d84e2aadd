package io.quarkiverse.hume.test.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every mechanism of an interface with which the Quarkus REST client sets a header on requests, here {@code Authorization} or
 * {@code X-Hume-Api-Key} with a value that contains {@code foreign}.
 */
public enum Mechanism {

    HEADER("@ClientHeaderParam(name = \"authorization\", value = \"foreign\")", true, true, Effect.OWN),
    ONE_OF_SEVERAL_HEADERS("@ClientHeaderParam(name = \"X-Other\", value = \"1\")"
            + " @ClientHeaderParam(name = \"X-Hume-Api-Key\", value = \"foreign\")", true, true, Effect.OWN),
    COMPUTED_HEADER("@ClientHeaderParam(name = \"AUTHORIZATION\", value = \"{shapes.Values.foreign}\")", true, true,
            Effect.OWN),
    BASIC("@io.quarkus.rest.client.reactive.ClientBasicAuth(username = \"foreign\", password = \"foreign\")", true, false,
            Effect.OWN),
    OIDC("@io.quarkus.oidc.client.filter.OidcClientFilter", true, true, Effect.OWN),
    PROPAGATED_TOKEN("@io.quarkus.oidc.token.propagation.common.AccessToken", true, true, Effect.OWN),
    OIDC_PROVIDER("@RegisterProvider(io.quarkus.oidc.client.reactive.filter.OidcClientRequestReactiveFilter.class)", true,
            false, Effect.OWN),
    DERIVED_PROVIDER("@RegisterProvider(Twice.class)", true, false, Effect.OWN),
    ONE_OF_SEVERAL_PROVIDERS("@RegisterProvider(Harmless.class) @RegisterProvider(Twice.class)", true, false, Effect.OWN),
    FILTER("@RegisterProvider(Filter.class)", true, false, Effect.REPLACED),
    WRITER_INTERCEPTOR("@RegisterProvider(Interceptor.class)", true, false, Effect.REPLACED),
    BODY_WRITER("@RegisterProvider(Writer.class)", true, false, Effect.REPLACED),
    FACTORY("@RegisterClientHeaders(Factory.class)", true, false, Effect.REPLACED);

    /** The effect on a call to which it applies. */
    public enum Effect {
        /** The build fails, or the call carries its credential. */
        OWN,
        /** The build warns, and the call carries the Hume credential. */
        REPLACED
    }

    /** The place of the mechanism. */
    public enum Level {
        CLIENT,
        SUPER_INTERFACE,
        GRAND_PARENT,
        SUB_RESOURCE,
        SUPER_INTERFACE_OF_SUB_RESOURCE,
        METHOD,
        INHERITED_METHOD,
        LOCATOR,
        METHOD_OF_SUB_RESOURCE,
        INHERITED_METHOD_OF_SUB_RESOURCE;

        public boolean isMethod() {
            return ordinal() >= METHOD.ordinal();
        }
    }

    /** The place of the declaration that calls are authenticated. */
    public enum Authentication {
        ON_CLIENT,
        ON_GRAND_PARENT,
        BY_PROPERTY,
        ON_SUB_RESOURCE
    }

    /** The credential that a call carries. */
    public enum Carried {
        HUME,
        FOREIGN,
        ANYTHING
    }

    public final Effect effect;

    private final String source;
    private final boolean onTypes;
    private final boolean onMethods;

    Mechanism(String source, boolean onTypes, boolean onMethods, Effect effect) {
        this.source = source;
        this.onTypes = onTypes;
        this.onMethods = onMethods;
        this.effect = effect;
    }

    /** Every mechanism at every level where it can be, with each kind of authentication. */
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Mechanism mechanism : values()) {
            for (Level level : Level.values()) {
                for (Authentication authentication : Authentication.values()) {
                    Case possible = new Case(mechanism, level, authentication);
                    if (possible.isPossible()) {
                        cases.add(possible);
                    }
                }
            }
        }
        return cases;
    }

    /** One client, with the mechanism at one of its levels. */
    public record Case(Mechanism mechanism, Level level, Authentication authentication) {

        public String simpleName() {
            return (mechanism + "_" + level + "_" + authentication).replace("_", "");
        }

        /** The name of the client's interface. */
        public String name() {
            return "shapes." + simpleName();
        }

        /** The simple name of the interface that the mechanism is on, or on a method of. */
        public String place() {
            return simpleName() + switch (level) {
                case CLIENT, METHOD, LOCATOR -> "";
                case SUPER_INTERFACE, INHERITED_METHOD -> "Parent";
                case GRAND_PARENT -> "GrandParent";
                case SUB_RESOURCE, METHOD_OF_SUB_RESOURCE -> "Sub";
                case SUPER_INTERFACE_OF_SUB_RESOURCE, INHERITED_METHOD_OF_SUB_RESOURCE -> "SubParent";
            };
        }

        public boolean isPossible() {
            return level.isMethod() ? mechanism.onMethods : mechanism.onTypes;
        }

        /**
         * A method may set a header of its own, unless what authenticates it is nearer to the request. Whatever else sets a
         * credential contradicts the authentication.
         */
        public boolean isRejected() {
            boolean authenticated = authentication != Authentication.ON_SUB_RESOURCE
                    || level != Level.METHOD && level != Level.INHERITED_METHOD;
            boolean header = mechanism.source.startsWith("@ClientHeaderParam");
            return mechanism.effect == Effect.OWN && authenticated
                    && (!level.isMethod() || !header
                            || level == Level.LOCATOR && authentication == Authentication.ON_SUB_RESOURCE);
        }

        /** What calls carry if the build succeeds, by {@code own}, {@code inherited}, {@code call} and {@code base}. */
        public Map<String, Carried> calls() {
            Map<String, Carried> calls = new LinkedHashMap<>();
            boolean root = authentication != Authentication.ON_SUB_RESOURCE;
            calls.put("own", !root ? Carried.ANYTHING : level == Level.METHOD ? Carried.FOREIGN : Carried.HUME);
            calls.put("inherited",
                    !root ? Carried.ANYTHING : level == Level.INHERITED_METHOD ? Carried.FOREIGN : Carried.HUME);
            calls.put("call", Set.of(Level.LOCATOR, Level.METHOD_OF_SUB_RESOURCE).contains(level) ? Carried.FOREIGN
                    : Carried.HUME);
            calls.put("base", Set.of(Level.LOCATOR, Level.INHERITED_METHOD_OF_SUB_RESOURCE).contains(level)
                    ? Carried.FOREIGN
                    : Carried.HUME);
            return calls;
        }

        /** By simple name. */
        public Map<String, String> sources() {
            String name = simpleName();
            Map<String, String> sources = new LinkedHashMap<>();
            sources.put(name + "GrandParent", at(Level.GRAND_PARENT) + authenticated(Authentication.ON_GRAND_PARENT)
                    + "public interface " + name + "GrandParent {}");
            sources.put(name + "Parent", at(Level.SUPER_INTERFACE) + "public interface " + name + "Parent extends " + name
                    + "GrandParent {" + method("inherited", Level.INHERITED_METHOD) + "}");
            sources.put(name + "SubParent", at(Level.SUPER_INTERFACE_OF_SUB_RESOURCE) + "public interface " + name
                    + "SubParent {" + method("base", Level.INHERITED_METHOD_OF_SUB_RESOURCE) + "}");
            sources.put(name + "Sub", at(Level.SUB_RESOURCE) + authenticated(Authentication.ON_SUB_RESOURCE)
                    + "public interface " + name + "Sub extends " + name + "SubParent {"
                    + method("call", Level.METHOD_OF_SUB_RESOURCE) + "}");
            sources.put(name, at(Level.CLIENT) + authenticated(Authentication.ON_CLIENT)
                    + "@org.eclipse.microprofile.rest.client.inject.RegisterRestClient @Path(\"/" + name
                    + "\") public interface "
                    + name + " extends " + name + "Parent {" + method("own", Level.METHOD) + at(Level.LOCATOR)
                    + "@Path(\"/sub\") " + name + "Sub sub(); }");
            sources.replaceAll((simple, source) -> IMPORTS + source);
            return sources;
        }

        private String at(Level wanted) {
            return level == wanted ? mechanism.source + " " : "";
        }

        private String authenticated(Authentication wanted) {
            return authentication == wanted ? "@io.quarkiverse.hume.HumeAuthenticated " : "";
        }

        private String method(String method, Level wanted) {
            return at(wanted) + "@POST @Path(\"/" + method + "\") @Consumes(\"text/plain\") String " + method
                    + "(String body);";
        }
    }

    private static final String IMPORTS = """
            package shapes;
            import jakarta.ws.rs.*;
            import org.eclipse.microprofile.rest.client.annotation.*;
            """;

    /** What the annotations refer to, by simple name. */
    public static Map<String, String> classes() {
        return Map.of("Values",
                "package shapes; public class Values { public static String foreign() { return \"foreign\"; } }",
                "Harmless", """
                        package shapes;
                        public class Harmless implements jakarta.ws.rs.client.ClientRequestFilter {
                            public void filter(jakarta.ws.rs.client.ClientRequestContext request) {
                                request.getHeaders().putSingle("X-Other", "1");
                            }
                        }
                        """,
                "Once", """
                        package shapes;
                        public abstract class Once
                                extends io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter {
                        }
                        """,
                "Twice", """
                        package shapes;
                        public class Twice extends Once {
                            public void filter(jakarta.ws.rs.client.ClientRequestContext request) {
                            }
                        }
                        """,
                "Filter", """
                        package shapes;
                        public class Filter implements jakarta.ws.rs.client.ClientRequestFilter {
                            public void filter(jakarta.ws.rs.client.ClientRequestContext request) {
                                request.getHeaders().putSingle("Authorization", "Bearer foreign");
                            }
                        }
                        """,
                "Interceptor", """
                        package shapes;
                        public class Interceptor implements jakarta.ws.rs.ext.WriterInterceptor {
                            public void aroundWriteTo(jakarta.ws.rs.ext.WriterInterceptorContext context)
                                    throws java.io.IOException {
                                context.getHeaders().putSingle("Authorization", "Bearer foreign");
                                context.proceed();
                                context.getHeaders().putSingle("x-hume-api-key", "foreign");
                            }
                        }
                        """,
                "Writer", """
                        package shapes;
                        import java.lang.annotation.Annotation;
                        import java.lang.reflect.Type;
                        import jakarta.ws.rs.core.MediaType;
                        import jakarta.ws.rs.core.MultivaluedMap;
                        public class Writer implements jakarta.ws.rs.ext.MessageBodyWriter<String> {
                            public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
                                return type == String.class;
                            }
                            public void writeTo(String body, Class<?> type, Type generic, Annotation[] annotations,
                                    MediaType media, MultivaluedMap<String, Object> headers, java.io.OutputStream out)
                                    throws java.io.IOException {
                                headers.add("Authorization", "Bearer foreign");
                                out.write(body.getBytes());
                            }
                        }
                        """,
                "Factory", """
                        package shapes;
                        import jakarta.ws.rs.core.MultivaluedMap;
                        public class Factory implements org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory {
                            public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                                    MultivaluedMap<String, String> outgoing) {
                                MultivaluedMap<String, String> headers = new jakarta.ws.rs.core.MultivaluedHashMap<>();
                                headers.putSingle("Authorization", "Bearer foreign");
                                return headers;
                            }
                        }
                        """);
    }
}
