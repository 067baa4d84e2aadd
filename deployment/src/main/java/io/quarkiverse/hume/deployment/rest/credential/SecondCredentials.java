package io.quarkiverse.hume.deployment.rest.credential;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Call;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Level;
import io.quarkiverse.hume.deployment.rest.CredentialHeader;
import io.quarkiverse.hume.deployment.rest.Declaration;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;

/**
 * Finds annotations that put another credential on authenticated calls: on the client, on a sub-resource, on the types that
 * either of them extends, and on the methods that are called. The REST client reads some of them on the client's own interface
 * only. They are reported everywhere, because their effect would never be the one that the application expects.
 */
public final class SecondCredentials {

    private static final String REST_CLIENT = "org.eclipse.microprofile.rest.client.annotation.";
    private static final DotName HEADER = DotName.createSimple(REST_CLIENT + "ClientHeaderParam");
    private static final DotName HEADERS = DotName.createSimple(REST_CLIENT + "ClientHeaderParams");
    private static final DotName FACTORY = DotName.createSimple(REST_CLIENT + "RegisterClientHeaders");

    /** The headers factories that copy the headers of the application's callers which a property names. */
    private static final Set<String> CONFIGURED_FACTORIES = Set.of(
            "org.eclipse.microprofile.rest.client.ext.DefaultClientHeadersFactoryImpl",
            "io.quarkus.rest.client.reactive.VertxRequestClientHeadersFactory");

    private static final DotName BASIC = DotName.createSimple("io.quarkus.rest.client.reactive.ClientBasicAuth");

    /**
     * The package of annotations that set {@code Authorization}. They are recognized by name, because this extension does not
     * depend on those for OpenID Connect.
     */
    private static final String OIDC = "io.quarkus.oidc.";
    private static final Set<String> OIDC_ANNOTATIONS = Set.of("OidcClientFilter", "AccessToken", "JsonWebToken");

    private final HumeRestClientsBuildItem authenticated;
    private final Set<String> violations = new TreeSet<>();

    public SecondCredentials(HumeRestClientsBuildItem authenticated) {
        this.authenticated = authenticated;
    }

    /**
     * Logs a warning for each credential that the Hume credential replaces, and for each method without the Hume credential.
     *
     * @return a sentence for each place that declares two credentials
     */
    public List<String> violations() {
        Set<String> withOwn = new TreeSet<>();
        for (AuthenticatedClient client : authenticated.clients()) {
            types(client).forEach(type -> type(client.type(), type));
            client.calls().stream().filter(call -> call.declaration() != null).forEach(call -> methods(call, withOwn));
        }
        return List.copyOf(violations);
    }

    private void type(ClassInfo client, ClassInfo type) {
        String second = secondCredential(type.declaredAnnotations());
        if (second != null) {
            violations.add("The REST client " + client.name() + " is authenticated with Hume" + owner(client, type) + "has "
                    + second + ", which puts another credential on its requests. Hume takes one: remove " + second
                    + " or the authentication with Hume");
        }
        providers(type).forEach(provider -> warnOfFilter(provider, registration("@RegisterProvider", client, type),
                "the REST client " + client.name()));
        factory(client, type);
    }

    private static String owner(ClassInfo client, ClassInfo type) {
        return client.name().equals(type.name()) ? " and "
                : ", and " + type.name() + ", which it extends or calls as a sub-resource, ";
    }

    private static String registration(String annotation, ClassInfo client, ClassInfo type) {
        return client.name().equals(type.name()) ? annotation : annotation + " on " + type.name();
    }

    /** @param withOwn the methods for which a warning was logged */
    private void methods(Call call, Set<String> withOwn) {
        int declaring = declaringLevel(call);
        for (int i = 0; i < call.levels().size(); i++) {
            for (MethodInfo method : call.levels().get(i).methods()) {
                String second = secondCredential(method.declaredAnnotations());
                if (second != null) {
                    method(method, second, call.declaration(), i - declaring, withOwn);
                }
            }
        }
    }

    /** Returns the level of the declaration that applies to the call. The order is the same as in the resolution. */
    private static int declaringLevel(Call call) {
        List<Level> levels = call.levels();
        for (int i = levels.size() - 1; i > 0; i--) {
            if (levels.get(i).has(call.declaration().type())) {
                return i;
            }
        }
        return 0;
    }

    /**
     * @param nearer the number of sub-resources by which the method is nearer to the request than the declaration that
     *        authenticates it
     */
    private void method(MethodInfo method, String second, Declaration declaration, int nearer, Set<String> withOwn) {
        String name = method.declaringClass().name() + "#" + method.name();
        boolean both = declaration.onMethod() && nearer == 0;
        if (both && declaration.method().equals(method)) {
            violations.add("The REST client method " + name + " has both @HumeAuthenticated and " + second
                    + ", but Hume takes one credential. Remove one of them");
        } else if (both || nearer < 0) {
            violations.add("The REST client method " + name + " has " + second + ", and " + declaration.place()
                    + " authenticates the same requests with Hume, which takes one credential. Remove one of them");
        } else if (!second.startsWith("@" + HEADER.withoutPackagePrefix())) {
            violations.add("The REST client method " + name + " has " + second + ", and its interface is authenticated"
                    + " with Hume, which takes one credential. Remove " + second
                    + ", or move the method to an interface without @HumeAuthenticated");
        } else if (withOwn.add(name)) {
            HumeBuildLog.LOG.ownCredential(name, second);
        }
    }

    /** Warns of a filter or body writer whose bytecode sets a credential, which the Hume credential replaces. */
    public static void warnOfFilter(String className, String registration, String clients) {
        CredentialCode code = CredentialCode.of(className);
        String header = code.isRequestFilter() || code.writesBodies() ? code.headerSet() : null;
        if (header != null) {
            HumeBuildLog.LOG.filterSetsCredential(className, header, registration, clients);
        }
    }

    private static void factory(ClassInfo client, ClassInfo type) {
        AnnotationInstance annotation = type.declaredAnnotation(FACTORY);
        String factory = annotation == null || annotation.value() == null ? null
                : annotation.value().asClass().name().toString();
        if (factory == null || CONFIGURED_FACTORIES.contains(factory)) {
            return;
        }
        CredentialCode code = CredentialCode.of(factory);
        if (code.isGeneratedFactory()) {
            return; // This factory copies nothing unless a property is set, for which another message is logged.
        }
        String place = client.name().equals(type.name()) ? "The REST client " + client.name()
                : type.name() + ", which the REST client " + client.name() + " extends or calls as a sub-resource,";
        if (code.copiesIncomingHeaders()) {
            HumeBuildLog.LOG.factoryCopiesHeaders(place, factory);
        } else if (code.headerSet() != null) {
            HumeBuildLog.LOG.factorySetsCredential(place, factory, code.headerSet());
        }
    }

    /** The names of the clients that are configured to pass on headers of the application's callers. */
    public Set<String> passingOn() {
        Set<String> names = new TreeSet<>();
        for (AuthenticatedClient client : authenticated.clients()) {
            if (types(client).stream().map(type -> type.declaredAnnotation(FACTORY)).filter(Objects::nonNull)
                    .anyMatch(passing -> passing.value() == null
                            || CONFIGURED_FACTORIES.contains(passing.value().asClass().name().toString()))) {
                names.add(client.name());
            }
        }
        return names;
    }

    /** The interfaces of all authenticated clients that the build knows. */
    public List<ClassInfo> clients() {
        return authenticated.clients().stream().map(AuthenticatedClient::type).toList();
    }

    /** All interfaces that take part in authenticated calls, the client first. */
    private static Collection<ClassInfo> types(AuthenticatedClient client) {
        Map<DotName, ClassInfo> types = new LinkedHashMap<>(Map.of(client.type().name(), client.type()));
        client.calls().stream().filter(call -> call.declaration() != null).flatMap(call -> call.levels().stream())
                .flatMap(level -> level.types().stream()).forEach(type -> types.putIfAbsent(type.name(), type));
        return types.values();
    }

    private static List<String> providers(ClassInfo client) {
        return ClientIndex.registeredProviders(client).map(DotName::toString)
                .filter(provider -> !CredentialCode.of(provider).isKnown()).toList();
    }

    /** @return the annotation as it is written; {@code null} if no annotation sets a credential */
    private static String secondCredential(Iterable<AnnotationInstance> annotations) {
        for (AnnotationInstance annotation : annotations) {
            if (annotation.name().equals(BASIC) || isOfOidc(annotation.name())) {
                return "@" + annotation.name().withoutPackagePrefix();
            }
            for (AnnotationInstance single : singles(annotation)) {
                AnnotationValue header = single.value("name");
                if (single.name().equals(HEADER) && CredentialHeader.of(header) != null) {
                    return "@ClientHeaderParam(name = \"" + header.asString() + "\")";
                }
                if (single.name().equals(ClientIndex.REGISTER_PROVIDER)
                        && CredentialCode.of(single.value().asClass().name().toString()).isKnown()) {
                    return "@RegisterProvider(" + single.value().asClass().name().withoutPackagePrefix() + ".class)";
                }
            }
        }
        return null;
    }

    private static boolean isOfOidc(DotName annotation) {
        return annotation.toString().startsWith(OIDC) && OIDC_ANNOTATIONS.contains(annotation.withoutPackagePrefix());
    }

    /** Returns the annotations in a container annotation, or the annotation itself if it is not a container. */
    static List<AnnotationInstance> singles(AnnotationInstance annotation) {
        boolean container = annotation.name().equals(HEADERS) || annotation.name().equals(ClientIndex.REGISTER_PROVIDERS);
        return container ? List.of(annotation.value().asNestedArray()) : List.of(annotation);
    }
}
