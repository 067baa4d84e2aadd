package io.quarkiverse.hume.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

/** Finds authenticated REST clients with annotations that put another credential on the same requests. */
final class SecondCredentials {

    private static final String REST_CLIENT = "org.eclipse.microprofile.rest.client.annotation.";
    private static final DotName HEADER = DotName.createSimple(REST_CLIENT + "ClientHeaderParam");
    private static final DotName HEADERS = DotName.createSimple(REST_CLIENT + "ClientHeaderParams");
    private static final DotName FACTORY = DotName.createSimple(REST_CLIENT + "RegisterClientHeaders");

    /** These take from the callers' headers what a property names. */
    private static final Set<String> CONFIGURED_FACTORIES = Set.of(
            "org.eclipse.microprofile.rest.client.ext.DefaultClientHeadersFactoryImpl",
            "io.quarkus.rest.client.reactive.VertxRequestClientHeadersFactory");

    /** What sets {@code Authorization}, by name: the extensions they belong to are no dependencies of this one. */
    private static final Set<DotName> ANNOTATIONS = Set.of(
            DotName.createSimple("io.quarkus.oidc.client.filter.OidcClientFilter"),
            DotName.createSimple("io.quarkus.oidc.token.propagation.common.AccessToken"),
            DotName.createSimple("io.quarkus.rest.client.reactive.ClientBasicAuth"));

    private final HumeRestClientsBuildItem authenticated;
    private final List<String> violations = new ArrayList<>();

    SecondCredentials(HumeRestClientsBuildItem authenticated) {
        this.authenticated = authenticated;
    }

    /**
     * Logs a warning for what the Hume credential replaces, and for each method that leaves it out.
     *
     * @return a sentence for each place that asks for two credentials
     */
    List<String> violations() {
        for (ClassInfo client : clients()) {
            String onClient = secondCredential(client.declaredAnnotations());
            if (onClient != null) {
                violations.add("The REST client " + client.name() + " is authenticated with Hume and has " + onClient
                        + ", which puts another credential on its requests. Hume takes one: remove " + onClient
                        + " or the authentication with Hume");
            }
            providers(client).forEach(provider -> warnOfFilter(provider, "@RegisterProvider",
                    "the REST client " + client.name()));
            factory(client);
        }
        Set<String> withOwn = new TreeSet<>();
        for (AuthenticatedClient client : authenticated.clients()) {
            client.calls().stream().filter(call -> call.declaration() != null).forEach(call -> call.declared()
                    .forEach(method -> method(method, call.declaration(), withOwn)));
        }
        return violations.stream().distinct().toList();
    }

    /** @param withOwn the methods that a warning was logged of */
    private void method(MethodInfo method, Declaration declaration, Set<String> withOwn) {
        String second = secondCredential(method.declaredAnnotations());
        if (second == null) {
            return;
        }
        String name = method.declaringClass().name() + "#" + method.name();
        if (declaration.onMethod()) {
            violations.add("The REST client method " + name + " has both @HumeAuthenticated and " + second
                    + ", but Hume takes one credential. Remove one of them");
        } else if (!second.startsWith("@" + HEADER.withoutPackagePrefix())) {
            violations.add("The REST client method " + name + " has " + second + ", and its interface is authenticated"
                    + " with Hume, which takes one credential. Remove " + second
                    + ", or move the method to an interface without @HumeAuthenticated");
        } else if (withOwn.add(name)) {
            HumeBuildLog.LOG.ownCredential(name, second);
        }
    }

    /** A filter that sets a credential, as far as its code shows. What it sets is replaced at run time. */
    static void warnOfFilter(String className, String registration, String clients) {
        CredentialCode code = CredentialCode.of(className);
        String header = code.isRequestFilter() ? code.headerSet() : null;
        if (header != null) {
            HumeBuildLog.LOG.filterSetsCredential(className, header, registration, clients);
        }
    }

    private void factory(ClassInfo client) {
        AnnotationInstance annotation = client.declaredAnnotation(FACTORY);
        String factory = annotation == null || annotation.value() == null ? null
                : annotation.value().asClass().name().toString();
        if (factory == null || CONFIGURED_FACTORIES.contains(factory)) {
            return;
        }
        CredentialCode code = CredentialCode.of(factory);
        if (code.isGeneratedFactory()) {
            return; // Without a property that has a message of its own, it copies nothing.
        }
        if (code.copiesIncomingHeaders()) {
            HumeBuildLog.LOG.factoryCopiesHeaders("The REST client " + client.name(), factory);
        } else if (code.headerSet() != null) {
            HumeBuildLog.LOG.factorySetsCredential("The REST client " + client.name(), factory, code.headerSet());
        }
    }

    /** The names of the clients that pass on headers of the application's callers, as configured. */
    Set<String> passingOn() {
        Set<String> names = new TreeSet<>();
        for (ClassInfo client : clients()) {
            AnnotationInstance passing = client.declaredAnnotation(FACTORY);
            if (passing != null && (passing.value() == null
                    || CONFIGURED_FACTORIES.contains(passing.value().asClass().name().toString()))) {
                names.add(client.name().toString());
            }
        }
        return names;
    }

    /** The interfaces of all authenticated clients that the build knows. */
    List<ClassInfo> clients() {
        return authenticated.clients().stream().map(AuthenticatedClient::type).toList();
    }

    private static List<String> providers(ClassInfo client) {
        return ClientIndex.registeredProviders(client).map(DotName::toString)
                .filter(provider -> !CredentialCode.of(provider).isKnown()).toList();
    }

    /** @return as it is written; {@code null} if none of the annotations has to do with credentials */
    private static String secondCredential(Iterable<AnnotationInstance> annotations) {
        for (AnnotationInstance annotation : annotations) {
            if (ANNOTATIONS.contains(annotation.name())) {
                return "@" + annotation.name().withoutPackagePrefix();
            }
            for (AnnotationInstance single : singles(annotation)) {
                AnnotationValue header = single.value("name");
                if (single.name().equals(HEADER) && CallCredentialDeclarations.credential(header) != null) {
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

    private static List<AnnotationInstance> singles(AnnotationInstance annotation) {
        boolean container = Map.of(HEADERS, HEADER, ClientIndex.REGISTER_PROVIDERS, ClientIndex.REGISTER_PROVIDER)
                .containsKey(annotation.name());
        return container ? List.of(annotation.value().asNestedArray()) : List.of(annotation);
    }
}
