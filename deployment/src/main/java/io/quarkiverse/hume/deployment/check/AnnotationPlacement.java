package io.quarkiverse.hume.deployment.check;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.deployment.websocket.HumeWebSocketClientsBuildItem;

/** Finds {@code @HumeAuthenticated} in places where it applies to no call or connection. */
final class AnnotationPlacement {

    private static final DotName WEB_SOCKET = DotName.createSimple("io.quarkus.websockets.next.WebSocket");
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");

    private static final String REMEDY = ". Put it on an interface with @RegisterRestClient, on methods of one, or on a class"
            + " with @WebSocketClient";

    private final IndexView index;
    private final IndexView application;
    private final HumeRestClientsBuildItem restClients;
    private final HumeWebSocketClientsBuildItem webSocketClients;

    /**
     * @param index the index of the application and its dependencies
     * @param application the index of the application without its dependencies
     */
    AnnotationPlacement(IndexView index, IndexView application, HumeRestClientsBuildItem restClients,
            HumeWebSocketClientsBuildItem webSocketClients) {
        this.index = index;
        this.application = application;
        this.restClients = restClients;
        this.webSocketClients = webSocketClients;
    }

    /** @return a sentence for each place, which names the place and the remedy */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        for (AnnotationInstance annotation : index.getAnnotations(HumeAnnotations.AUTHENTICATED)) {
            boolean method = annotation.target().kind() == AnnotationTarget.Kind.METHOD;
            ClassInfo owner = method ? annotation.target().asMethod().declaringClass() : annotation.target().asClass();
            String violation = method ? violation(annotation.target().asMethod()) : violation(owner);
            if (violation != null) {
                violations.add("@HumeAuthenticated is on " + owner.name()
                        + (method ? "#" + annotation.target().asMethod().name() : "") + ", which " + violation);
            }
        }
        violations.sort(null);
        return violations;
    }

    private String violation(ClassInfo annotated) {
        if (annotated.isAnnotation()) {
            return "is itself an annotation, and those of clients are not searched for it. Put it on the clients";
        }
        if (restClients.reaches(annotated) || webSocketClients.reaches(annotated)) {
            return null;
        }
        if (annotated.isInterface()) {
            // An annotated type in a library may be meant for other applications, so it need not be a client here.
            return application.getClassByName(annotated.name()) == null ? null
                    : "belongs to an interface without any JAX-RS annotation, so that it cannot be a REST client. Add"
                            + " @Path and an annotation such as @GET, or remove @HumeAuthenticated";
        }
        if (annotated.hasDeclaredAnnotation(WEB_SOCKET) || annotated.hasDeclaredAnnotation(PATH)) {
            return "serves requests; the annotation is for clients, whose calls go to Hume" + REMEDY;
        }
        return "is neither the interface of a REST client nor a WebSocket client" + REMEDY;
    }

    private String violation(MethodInfo annotated) {
        ClassInfo owner = annotated.declaringClass();
        if (restClients.reaches(annotated) || annotated.isSynthetic()) {
            return null;
        }
        if (!owner.isInterface()) {
            return webSocketClients.reaches(owner)
                    ? "is a method of a WebSocket client. A connection is authenticated as a whole: put it on the class"
                    : "is a method of a class, not of a REST client's interface" + REMEDY;
        }
        if (!Modifier.isAbstract(annotated.flags())) {
            return "has a body, so that a call of it sends no request of its own. Put @HumeAuthenticated on the methods that it"
                    + " calls";
        }
        return restClients.reaches(owner)
                ? "has neither @Path nor an annotation such as @GET, so that a call of it sends no request. Add one, or remove"
                        + " @HumeAuthenticated"
                : violation(owner);
    }
}
