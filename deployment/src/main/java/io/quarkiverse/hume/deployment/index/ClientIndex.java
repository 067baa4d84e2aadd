package io.quarkiverse.hume.deployment.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;

/**
 * The classes of the application and of its indexed dependencies, with their declarations of clients. As in the REST client, a
 * class outside the index is read from the class path when another class refers to it.
 */
public final class ClientIndex {

    public static final DotName REGISTER_REST_CLIENT = DotName
            .createSimple("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");

    private static final String REST_CLIENT = "org.eclipse.microprofile.rest.client.annotation.";
    public static final DotName REGISTER_PROVIDER = DotName.createSimple(REST_CLIENT + "RegisterProvider");
    public static final DotName REGISTER_PROVIDERS = DotName.createSimple(REST_CLIENT + "RegisterProviders");

    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final DotName HTTP_METHOD = DotName.createSimple("jakarta.ws.rs.HttpMethod");
    private static final List<String> HTTP_METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private final IndexView index;
    private final Set<DotName> httpMethods = new LinkedHashSet<>();
    private final Map<DotName, ClassInfo> withoutIndex = new HashMap<>();

    public ClientIndex(IndexView index) {
        this.index = index;
        HTTP_METHODS.forEach(name -> httpMethods.add(DotName.createSimple("jakarta.ws.rs." + name)));
        index.getAnnotations(HTTP_METHOD).forEach(custom -> httpMethods.add(custom.target().asClass().name()));
    }

    public static ClientIndex of(ApplicationArchivesBuildItem archives) {
        return new ClientIndex(CompositeIndex.create(archives.getAllApplicationArchives().stream()
                .map(archive -> (IndexView) archive.getIndex()).toList()));
    }

    /** The provider classes that the annotations of a client register. */
    public static Stream<DotName> registeredProviders(ClassInfo client) {
        return Stream.concat(Stream.ofNullable(client.declaredAnnotation(REGISTER_PROVIDER)),
                Stream.ofNullable(client.declaredAnnotation(REGISTER_PROVIDERS))
                        .flatMap(container -> Stream.of(container.value().asNestedArray())))
                .map(registration -> registration.value().asClass().name());
    }

    public IndexView index() {
        return index;
    }

    /** @return {@code null} if the class is neither in an index nor on the class path */
    public ClassInfo type(DotName name) {
        ClassInfo indexed = index.getClassByName(name);
        return indexed != null ? indexed : withoutIndex.computeIfAbsent(name, ClientIndex::read);
    }

    private static ClassInfo read(DotName name) {
        if (name.toString().startsWith("java.")) {
            return null;
        }
        try (InputStream bytes = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream(name.toString().replace('.', '/') + ".class")) {
            return bytes == null ? null : Index.singleClass(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isIndexed(DotName name) {
        return index.getClassByName(name) != null;
    }

    /** The classes that were looked up and are on the class path but in no index. */
    public Collection<ClassInfo> withoutIndex() {
        return withoutIndex.values();
    }

    /** All interfaces that can be REST clients, including those that only the application's code can build. */
    public Set<DotName> clients() {
        Set<DotName> clients = new TreeSet<>();
        List<DotName> annotations = new ArrayList<>(httpMethods);
        annotations.add(PATH);
        annotations.add(REGISTER_REST_CLIENT);
        for (DotName annotation : annotations) {
            for (AnnotationInstance instance : index.getAnnotations(annotation)) {
                ClassInfo type = typeOf(instance.target());
                if (type != null && type.isInterface() && clients.add(type.name())) {
                    index.getAllKnownSubinterfaces(type.name()).forEach(sub -> clients.add(sub.name()));
                }
            }
        }
        return clients;
    }

    private static ClassInfo typeOf(AnnotationTarget target) {
        return switch (target.kind()) {
            case CLASS -> target.asClass();
            case METHOD -> target.asMethod().declaringClass();
            default -> null;
        };
    }

    public boolean isRequest(MethodInfo method) {
        return httpMethods.stream().anyMatch(method::hasDeclaredAnnotation);
    }

    /** Whether the method leads to a sub-resource, unless it is a request. */
    public boolean isLocator(MethodInfo method) {
        return method.hasDeclaredAnnotation(PATH);
    }

    /** Whether one type is, at any depth, a super-type of the other. */
    boolean isSuperType(DotName candidate, ClassInfo type) {
        for (DotName parent : parents(type)) {
            ClassInfo parentType = type(parent);
            if (parent.equals(candidate) || parentType != null && isSuperType(candidate, parentType)) {
                return true;
            }
        }
        return false;
    }

    public static List<DotName> parents(ClassInfo type) {
        List<DotName> parents = new ArrayList<>(type.interfaceNames());
        if (!type.isInterface() && type.superName() != null) {
            parents.add(0, type.superName());
        }
        return parents;
    }
}
