package io.quarkiverse.hume.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.HumeAuthenticated;

/** Finds {@code @HumeAuthenticated} where it can have no effect. */
final class AnnotationPlacement {

    private static final DotName AUTHENTICATED = DotName.createSimple(HumeAuthenticated.class);
    private static final DotName REGISTER_REST_CLIENT = DotName
            .createSimple("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");
    private static final DotName WEB_SOCKET = DotName.createSimple("io.quarkus.websockets.next.WebSocket");
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final DotName HTTP_METHOD = DotName.createSimple("jakarta.ws.rs.HttpMethod");
    private static final List<String> HTTP_METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private static final String REMEDY = ". Put it on an interface with @RegisterRestClient, on methods of one, or on a class"
            + " with @WebSocketClient";

    private final IndexView index;
    private final Set<DotName> jaxRs = new HashSet<>();

    private AnnotationPlacement(IndexView index) {
        this.index = index;
        jaxRs.add(PATH);
        HTTP_METHODS.forEach(name -> jaxRs.add(DotName.createSimple("jakarta.ws.rs." + name)));
        index.getAnnotations(HTTP_METHOD).forEach(custom -> jaxRs.add(custom.target().asClass().name()));
    }

    /** @return a sentence for each place, naming it and what to do */
    static List<String> violations(IndexView index) {
        AnnotationPlacement placement = new AnnotationPlacement(index);
        List<String> violations = new ArrayList<>();
        for (AnnotationInstance annotation : index.getAnnotations(AUTHENTICATED)) {
            boolean method = annotation.target().kind() == AnnotationTarget.Kind.METHOD;
            ClassInfo owner = method ? annotation.target().asMethod().declaringClass() : annotation.target().asClass();
            String objection = method ? placement.objection(annotation.target().asMethod()) : placement.objection(owner);
            if (objection != null) {
                violations.add("@HumeAuthenticated stands on " + owner.name()
                        + (method ? "#" + annotation.target().asMethod().name() : "") + ", which " + objection);
            }
        }
        violations.sort(null);
        return violations;
    }

    private String objection(ClassInfo annotated) {
        if (annotated.isAnnotation()) {
            return "is itself an annotation, and those of clients are not searched for it. Put it on the clients";
        }
        if (annotated.isInterface()) {
            return noClient(annotated);
        }
        if (annotated.hasDeclaredAnnotation(HumeWebSocketProcessor.WEB_SOCKET_CLIENT)) {
            return null;
        }
        if (annotated.hasDeclaredAnnotation(WEB_SOCKET) || annotated.hasDeclaredAnnotation(PATH)) {
            return "serves requests; the annotation is for clients, whose calls go to Hume" + REMEDY;
        }
        return "is neither the interface of a REST client nor a WebSocket client" + REMEDY;
    }

    private String objection(MethodInfo annotated) {
        ClassInfo owner = annotated.declaringClass();
        if (owner.isInterface()) {
            return Modifier.isAbstract(annotated.flags()) ? noClient(owner)
                    : "has a body, so that no request is made of it. Put it on the methods that it calls";
        }
        if (owner.hasDeclaredAnnotation(HumeWebSocketProcessor.WEB_SOCKET_CLIENT)) {
            return "is a method of a WebSocket client. A connection is authenticated as a whole: put it on the class";
        }
        return "is a method of a class, not of a REST client's interface" + REMEDY;
    }

    private String noClient(ClassInfo type) {
        Set<DotName> seen = new HashSet<>();
        boolean client = isClient(type, seen)
                || index.getAllKnownSubinterfaces(type.name()).stream().anyMatch(sub -> isClient(sub, seen));
        return client ? null
                : "belongs to an interface without any JAX-RS annotation, so that no REST client can be made of it. Add @Path"
                        + " and @GET, @POST or the like, or remove it";
    }

    /** Whether a client can be made of the interface, if only by the application's own code, which no index shows. */
    private boolean isClient(ClassInfo type, Set<DotName> seen) {
        if (type == null) {
            // Not indexed, so there is nothing to say about it.
            return true;
        }
        if (!seen.add(type.name())) {
            return false;
        }
        return type.hasDeclaredAnnotation(REGISTER_REST_CLIENT) || jaxRs.stream().anyMatch(type::hasAnnotation)
                || type.interfaceNames().stream().anyMatch(parent -> isClient(index.getClassByName(parent), seen));
    }
}
